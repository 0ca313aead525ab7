/** Something went wrong that mends itself or harms nothing: it stands in the browser's own record for whoever looks into it. */
export const note =
  (what: string) =>
  (error: unknown): void => {
    // oxlint-disable-next-line no-console
    console.warn(what, error instanceof Error ? error.message : error)
  }
