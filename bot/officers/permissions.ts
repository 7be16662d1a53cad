/** Who may do what in the console. Closed: a deed that stands in no list is nobody's. */

/** From least to most: each may do all that those before it may. */
export const ROLES = ['officer', 'supervisor', 'administrator'] as const
export type Role = (typeof ROLES)[number]

const GRANTS = {
  officer: [
    'chat.read',
    'chat.act',
    'case.read',
    'case.act',
    'search',
    'reply.read',
    'report.read',
    'knowledge.read',
    'knowledge.edit',
    'warning.edit',
    'violator.read',
    'self',
  ],
  supervisor: [
    'chat.approve',
    'case.hold',
    'case.account',
    'reply.edit',
    'report.make',
    'export',
    'knowledge.approve',
    'privacy',
    'warning.approve',
    'violator.edit',
    'training.read',
  ],
  administrator: ['officer.manage', 'audit.read'],
} as const satisfies Record<Role, readonly string[]>

export type Permission = (typeof GRANTS)[Role][number]

const rank = (role: Role) => ROLES.indexOf(role)

/** @returns whether somebody of `role` may do what `permission` stands for. */
export function mayDo(role: Role, permission: Permission): boolean {
  const least = ROLES.find((one) => (GRANTS[one] as readonly Permission[]).includes(permission))
  return least !== undefined && rank(role) >= rank(least)
}

/** @returns all that somebody of `role` may do, for what the console shows. */
export function permissionsOf(role: Role): readonly Permission[] {
  return ROLES.slice(0, rank(role) + 1).flatMap((one) => GRANTS[one] as readonly Permission[])
}
