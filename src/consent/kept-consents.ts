import { Refusal } from '../errors/refusal.ts';
import { isRecord, isResource, type Resource } from '../vocabulary/fhir.ts';
import type { PatientBox, SealedStore } from '../vocabulary/sealed-box.ts';
import type { Clock } from '../vocabulary/time.ts';

export interface ConsentStore extends SealedStore {
  get(tenant: string, key: string): Promise<Uint8Array | undefined>;
}

export interface KeptConsentPorts {
  readonly store: ConsentStore;
  /** Undefined where nobody is known by the pseudonym, or the patient was erased. */
  box(tenant: string, patient: string): Promise<PatientBox | undefined>;
  readonly clock: Clock;
}

/** What is kept of a consent as it was captured. Pseudonyms stand for people. */
export interface ConsentTerms {
  readonly resource: Resource;
  readonly by: string;
  /** The patient gave it here, signed in. */
  readonly byPatient: boolean;
  /** Whether it denies anything to anybody. */
  readonly denies: boolean;
}

export interface KeptConsent extends ConsentTerms {
  readonly id: string;
  readonly tenant: string;
  readonly patient: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly revoked?: { readonly by: string; readonly at: number };
}

/** One consent without what it says: that stays sealed in the store. */
interface Known {
  readonly id: string;
  readonly tenant: string;
  readonly patient: string;
  withdrawn: boolean;
}

const kinds = ['captured', 'revoked'] as const;
type Kind = (typeof kinds)[number];

/** At most so many of one patient: each is read again for every request about the patient. */
export const keptCaps = { standing: 30, all: 100 } as const;

const keyOf = (kind: Kind, id: string): string => `${kind} ${id}`;
const boundTo = (tenant: string, patient: string, key: string): string =>
  JSON.stringify(['consent', tenant, patient, key]);

/** The value of an entry: pseudonym of the patient, 32 hex digits, then what is sealed. */
const valueOf = (patient: string, sealed: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from(patient, 'ascii'), sealed]);
const patientIn = (value: Uint8Array): string => Buffer.from(value.subarray(0, 32)).toString('ascii');

type Said = Readonly<Record<string, unknown>>;

function termsOf({ at, by, byPatient, denies, resource }: Said): (ConsentTerms & { at: number }) | undefined {
  return isResource(resource) &&
    typeof by === 'string' &&
    typeof byPatient === 'boolean' &&
    typeof denies === 'boolean' &&
    typeof at === 'number'
    ? { resource, by, byPatient, denies, at }
    : undefined;
}
const actOf = ({ at, by }: Said) =>
  typeof by === 'string' && typeof at === 'number' ? { by, at } : undefined;

/**
 * Consents that the gateway keeps itself. What they say is sealed under the patient's key; an erased patient has none.
 * In memory stands only which there are, of whom, and which of them were revoked.
 */
export class KeptConsents {
  readonly #ports: KeptConsentPorts;
  readonly #known = new Map<string, Known>();
  readonly #ofPatient = new Map<string, Set<Known>>();
  /** Captures under way, by patient: they count against the caps. */
  readonly #underWay = new Map<string, number>();

  private constructor(ports: KeptConsentPorts) {
    this.#ports = ports;
  }

  /** @throws Refusal where the store cannot be read */
  static async open(ports: KeptConsentPorts): Promise<KeptConsents> {
    const kept = new KeptConsents(ports);
    const entries = await ports.store.entries();
    for (const kind of kinds)
      for (const { key, tenant, value } of entries) {
        const [name, id] = key.split(' ');
        if (name !== kind || id === undefined) continue;
        const known = kept.#remember({ id, tenant, patient: patientIn(value) });
        if (kind === 'revoked') known.withdrawn = true;
      }
    return kept;
  }

  /**
   * Keeps one more consent; durable when it resolves.
   *
   * @throws Refusal `consent_limit` where the patient has too many, `store_unavailable`
   */
  async capture(tenant: string, patient: string, id: string, terms: ConsentTerms): Promise<KeptConsent> {
    const all = this.#of(tenant, patient);
    const name = JSON.stringify([tenant, patient]);
    const underWay = this.#underWay.get(name) ?? 0;
    const standing = all.filter(({ withdrawn }) => !withdrawn).length + underWay;
    if (standing >= keptCaps.standing || (standing > 0 && all.length + underWay >= keptCaps.all))
      throw new Refusal('consent_limit', { sentence: tooMany });
    this.#underWay.set(name, underWay + 1);
    try {
      return await this.#capture({ id, tenant, patient }, terms);
    } finally {
      const left = (this.#underWay.get(name) ?? 1) - 1;
      if (left > 0) this.#underWay.set(name, left);
      else this.#underWay.delete(name);
    }
  }

  async #capture(known: Omit<Known, 'withdrawn'>, terms: ConsentTerms): Promise<KeptConsent> {
    const { id, tenant } = known;
    const at = this.#ports.clock.now();
    await this.#keep(known, 'captured', { ...terms, at });
    // The patient may have been erased while it was written: then it is sealed under a key that is gone.
    if ((await this.#opened(known, 'captured')) === undefined) {
      await this.#ports.store.remove(tenant, keyOf('captured', id));
      throw new Refusal('store_unavailable');
    }
    this.#remember(known);
    return { ...terms, ...known, at };
  }

  /** Undefined where there is none with this id in the tenant, or where it cannot be read. */
  async find(tenant: string, id: string): Promise<KeptConsent | undefined> {
    const known = this.#known.get(JSON.stringify([tenant, id]));
    return known === undefined ? undefined : this.#read(known);
  }

  /**
   * Those of a tenant, of one patient where one is named, the newest first; those that cannot be read are left out.
   * `before`: only those captured before this one. `next`: there are more, before this one.
   */
  async list(
    tenant: string,
    {
      before,
      limit,
      patient,
    }: { readonly patient?: string; readonly before?: string; readonly limit: number },
  ): Promise<{ readonly consents: readonly KeptConsent[]; readonly next?: string }> {
    const all = patient === undefined ? this.#known.values() : this.#of(tenant, patient);
    const ids = [...all]
      .filter((one) => one.tenant === tenant && (before === undefined || one.id < before))
      .toSorted((a, b) => (a.id < b.id ? 1 : -1));
    const page = ids.slice(0, limit);
    const read = await Promise.all(page.map((one) => this.#read(one)));
    const last = page.at(-1);
    return {
      consents: read.filter((one) => one !== undefined),
      ...(ids.length > limit && last !== undefined ? { next: last.id } : {}),
    };
  }

  /**
   * Ends a consent for good. One that only permits counts as revoked from this moment, whatever the disk does; one that
   * denies something stands until its end is durable. Doing it again changes nothing.
   */
  async revoke(consent: KeptConsent, by: string): Promise<KeptConsent> {
    if (consent.revoked !== undefined) return consent;
    const known = this.#known.get(JSON.stringify([consent.tenant, consent.id]));
    if (known === undefined) throw new Refusal('consent_not_visible');
    if (!consent.denies) known.withdrawn = true;
    await this.#keep(known, 'revoked', { by, at: this.#ports.clock.now() });
    known.withdrawn = true;
    const revoked = await this.#opened(known, 'revoked');
    const act = revoked === undefined ? undefined : actOf(revoked);
    if (act === undefined) throw new Refusal('store_unavailable');
    return { ...consent, revoked: act };
  }

  /**
   * The Consents of a patient, for the evaluator: those that stand, and beside them as `inactive` those that were
   * revoked, because what they had taken the place of does not come back. Undefined where one cannot be read: nobody
   * can tell then what it denies.
   */
  async ofPatient(tenant: string, patient: string): Promise<readonly Resource[] | undefined> {
    const all = this.#of(tenant, patient);
    if (all.every(({ withdrawn }) => withdrawn)) return [];
    const read = await Promise.all(
      all.map(async (known) => {
        const said = await this.#opened(known, 'captured');
        const resource = said === undefined ? undefined : termsOf(said)?.resource;
        return known.withdrawn && resource !== undefined ? { ...resource, status: 'inactive' } : resource;
      }),
    );
    const resources = read.filter((one) => one !== undefined);
    return resources.length === read.length ? resources : undefined;
  }

  /** Takes all of a patient whose key was destroyed off the disk; doing it again is no error. */
  async forget(tenant: string, patient: string): Promise<void> {
    const name = JSON.stringify([tenant, patient]);
    for (const { id } of this.#of(tenant, patient)) {
      for (const kind of kinds.toReversed()) await this.#ports.store.remove(tenant, keyOf(kind, id));
      this.#known.delete(JSON.stringify([tenant, id]));
    }
    this.#ofPatient.delete(name);
  }

  #of(tenant: string, patient: string): readonly Known[] {
    return [...(this.#ofPatient.get(JSON.stringify([tenant, patient])) ?? [])];
  }

  #remember({ id, patient, tenant }: Omit<Known, 'withdrawn'>): Known {
    const name = JSON.stringify([tenant, id]);
    const before = this.#known.get(name);
    if (before !== undefined) return before;
    const known: Known = { id, tenant, patient, withdrawn: false };
    this.#known.set(name, known);
    const ofPatient = JSON.stringify([tenant, patient]);
    this.#ofPatient.set(ofPatient, (this.#ofPatient.get(ofPatient) ?? new Set()).add(known));
    return known;
  }

  async #keep(
    { id, patient, tenant }: Omit<Known, 'withdrawn'>,
    kind: Kind,
    said: Said | object,
  ): Promise<void> {
    const sealer = await this.#ports.box(tenant, patient);
    if (sealer === undefined) throw new Refusal('consent_not_visible');
    const key = keyOf(kind, id);
    const sealed = sealer.seal(JSON.stringify(said), boundTo(tenant, patient, key));
    await this.#ports.store.add({ tenant, key, value: valueOf(patient, sealed) });
  }

  async #opened({ id, patient, tenant }: Omit<Known, 'withdrawn'>, kind: Kind): Promise<Said | undefined> {
    const key = keyOf(kind, id);
    const value = await this.#ports.store.get(tenant, key);
    const opener = value === undefined ? undefined : await this.#ports.box(tenant, patient);
    if (value === undefined || opener === undefined || patientIn(value) !== patient) return undefined;
    const plain = opener.open(value.subarray(32), boundTo(tenant, patient, key));
    const said: unknown = plain === undefined ? undefined : JSON.parse(plain);
    return isRecord(said) ? said : undefined;
  }

  async #read(known: Known): Promise<KeptConsent | undefined> {
    const { id, patient, tenant, withdrawn } = known;
    const said = await this.#opened(known, 'captured');
    const terms = said === undefined ? undefined : termsOf(said);
    if (terms === undefined) return undefined;
    const kept = { ...terms, id, tenant, patient };
    if (!withdrawn) return kept;
    const ended = await this.#opened(known, 'revoked');
    const revoked = ended === undefined ? undefined : actOf(ended);
    // Revoked, and the disk has not taken it yet: asked again, it is written again.
    return revoked === undefined ? kept : { ...kept, revoked };
  }
}

const tooMany = 'The patient has as many consents here as can be kept; revoke those that count no more.';
