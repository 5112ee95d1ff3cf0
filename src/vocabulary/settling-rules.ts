/** When a care relation that was written just now counts. */
export interface SettlingRules {
  /** Seconds since a resource was written last, before it shows a relation by itself; 0: it does at once. */
  readonly settleSeconds: number;
  /** References of those whose Provenance lets a younger one count (the admission desk, its interface). */
  readonly provenanceAgents: readonly string[];
}

/** A chart that the asker may write cannot be told from the desk's by age alone, and care begins at the desk. */
export const atOnce: SettlingRules = { settleSeconds: 0, provenanceAgents: [] };
