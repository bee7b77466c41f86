/** What a bundle of entity workflows may take: as much as that of the deployed worker. */
export const BUNDLE = { budgetBytes: 3_000_000 } as const;
