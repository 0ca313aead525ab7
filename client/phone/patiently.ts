const TRY_AGAIN_MS = 3_000

/** Fetches a part of the phone that is not here yet; without a network it is waited for, not given up. */
export const patiently =
  <T>(fetchPart: () => Promise<T>) =>
  (): Promise<T> =>
    fetchPart().catch(() => new Promise<void>(again => setTimeout(again, TRY_AGAIN_MS)).then(patiently(fetchPart)))
