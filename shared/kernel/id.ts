import { v5 } from 'uuid'

const NAMESPACE = '6f0d5c52-7a2c-4c0e-9d0a-4f1f6f1a2b3c'

/** The id of a thing that follows from others: the same parts name the same thing on every node and at every try. */
export const derivedId = (...parts: (string | number)[]) => v5(parts.join(' '), NAMESPACE)
