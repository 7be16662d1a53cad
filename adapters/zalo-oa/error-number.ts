/** How Zalo numbers its errors: 0 is success, and the number may come as a string. */
import { z } from 'zod'

export const errorNumber = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d{1,9}$/)
    .transform(Number),
])
