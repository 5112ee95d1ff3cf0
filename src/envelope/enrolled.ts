import { Refusal } from '../errors/refusal.ts';
import type { SubjectDirectory } from '../vault/ports.ts';

/** Keeps whom the pseudonyms stand for that go on the trail, before they do. */
export interface Enrolled {
  /** @throws Refusal `vault_unavailable` */
  user(tenant: string, pseudonym: string, value: string): Promise<void>;
  /**
   * Answers the key of the facts that tell what kind of data the patient has.
   *
   * @throws Refusal `vault_unavailable`
   */
  patient(tenant: string, pseudonym: string, id: string): Promise<Uint8Array>;
}

/** So many users are remembered as enrolled; then the memory begins anew. */
const most = 10_000;

/** Users are remembered: who asks again costs nothing, and reads a trail also where the vault takes no writes. */
export function createEnrolled(directory: Pick<SubjectDirectory, 'enrol'>): Enrolled {
  const known = new Set<string>();
  return {
    async user(tenant, pseudonym, value) {
      const name = `${tenant} ${pseudonym}`;
      if (known.has(name)) return;
      await directory.enrol({ tenant, pseudonym, kind: 'user', value });
      if (known.size >= most) known.clear();
      known.add(name);
    },
    async patient(tenant, pseudonym, id) {
      const key = await directory.enrol({ tenant, pseudonym, kind: 'patient', value: id });
      if (key === undefined) throw new Refusal('vault_unavailable');
      return key;
    },
  };
}
