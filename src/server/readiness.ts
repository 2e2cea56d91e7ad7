/** What `/readyz` tells: why nothing should be sent here now, and what is only good to know. */
export interface Readiness {
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** Partner Center away is a warning, its refusal of our sign-in a problem. */
export function createReadiness(
  storageProblems: () => Promise<readonly string[]>,
  trouble: () => string | undefined,
): () => Promise<Readiness> {
  return async () => {
    const atPartnerCenter = trouble();
    const isRefused = atPartnerCenter === 'sign-in';
    return {
      problems: [...(await storageProblems()), ...(isRefused ? ['sign-in'] : [])],
      warnings: atPartnerCenter && !isRefused ? [atPartnerCenter] : [],
    };
  };
}
