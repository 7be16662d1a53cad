/** A file that cannot be taken in. The message is the one Vietnamese sentence that an operator reads; nothing has been written. */
export class IngestFault extends Error {
  override readonly name = 'IngestFault'
}
