/** Addresses that are given to officers. */

/** @returns the address at which an account is set up. @param base where people reach the service */
export function linkTo(base: string, token: string): string {
  return `${base.replace(/\/$/, '')}/console/set-up/${token}`
}
