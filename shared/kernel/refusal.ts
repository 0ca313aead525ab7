/** An expected no: a rule of the room forbids the deed, and says so in a sentence a duty officer understands. */
export class Refusal extends Error {
  readonly code: string
  readonly status: 403 | 404 | 409 | 422
  readonly path: string | undefined

  constructor(code: string, sentence: string, { status = 409, path }: { status?: 403 | 404 | 409 | 422; path?: string } = {}) {
    super(sentence)
    this.name = 'Refusal'
    this.code = code
    this.status = path === undefined ? status : 422
    this.path = path
  }
}

/** No, because of *who* asks. */
export const notYours = (sentence: string) => new Refusal('not-yours', sentence, { status: 403 })

/** No, because one field is wrong in a way only the rule can see (a time in the future, a unit nobody knows). */
export const wrongField = (path: string, sentence: string) => new Refusal('wrong-field', sentence, { path })
