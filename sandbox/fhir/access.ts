import { valuesAt } from './elements.ts';
import { FhirFailure } from './outcome.ts';
import { type Grant, grantsFor, type Letter, satisfies } from './scopes.ts';
import { isShared } from './search/parameters.ts';
import type { SearchQuery } from './search/query.ts';
import { namedPatients } from './search/search.ts';
import { type FhirStore, patientsOf, type StoredResource } from './store.ts';

/** What a bearer token allows here, as the injected `authorize` port found it. */
export interface Authorization {
  readonly scopes: readonly string[];
  /** Id of the one patient that `patient/` scopes are bound to. */
  readonly patient?: string;
  readonly fhirUser?: string;
}

export type Authorize = (token: string) => Promise<Authorization | undefined>;

const forbidden = (why: string) => new FhirFailure(403, 'forbidden', why);

/** The token's view of the store. */
export class Access {
  readonly #authorization: Authorization;
  readonly #store: FhirStore;
  readonly #base: string;

  constructor(authorization: Authorization, store: FhirStore, base: string) {
    this.#authorization = authorization;
    this.#store = store;
    this.#base = base;
  }

  /**
   * Refuses (403) a search outside the scopes: no `s` on the type, or only `patient/` scopes and a query that does
   * not name exactly the token's patient. What it returns decides which matches the caller may see.
   */
  search(query: SearchQuery): (resource: StoredResource) => boolean {
    const grants = this.#grants(query.type, 's');
    if (!isShared(query.type) && grants.every((grant) => grant.bound)) {
      const own = this.#authorization.patient;
      const named = query.filters
        .map((filter) => namedPatients(query.type, filter, this.#base))
        .filter((patients) => patients !== undefined);
      if (named.length === 0) throw forbidden('the search must name the patient of the token');
      if (named.some((patients) => patients.some((patient) => patient !== own))) {
        throw forbidden('the search names a patient other than that of the token');
      }
    }
    return this.#sees(grants);
  }

  /** Refuses (403) a read outside the scopes. */
  read(resource: StoredResource): void {
    const sees = this.#sees(this.#grants(resource.resourceType, 'r'));
    if (!sees(resource)) throw forbidden('the resource is outside the scopes of the token');
  }

  /** Refuses (403) a read of a type that no scope names, before it is known whether the resource exists. */
  readType(type: string): void {
    this.#grants(type, 'r');
  }

  /** What includes may bring along: only what the token could read by itself. */
  includes(): (resource: StoredResource) => boolean {
    return (resource) => {
      const { scopes } = this.#authorization;
      return this.#sees(grantsFor(scopes, resource.resourceType, 'r', this.#base))(resource);
    };
  }

  #grants(type: string, letter: Letter): Grant[] {
    const grants = grantsFor(this.#authorization.scopes, type, letter, this.#base);
    if (grants.length === 0) throw forbidden(`the scopes of the token do not cover this on ${type}`);
    return grants;
  }

  #sees(grants: readonly Grant[]): (resource: StoredResource) => boolean {
    return (resource) =>
      grants.some((grant) => (!grant.bound || this.#own(resource)) && satisfies(grant, resource));
  }

  /** About the token's patient and nobody else's; a shared type belongs to nobody, a Binary to its document's patient. */
  #own(resource: StoredResource): boolean {
    const { patient } = this.#authorization;
    if (patient === undefined) return false;
    if (resource.resourceType === 'Binary') return this.#holdsBinary(patient, resource.id);
    if (isShared(resource.resourceType)) return true;
    const about = patientsOf(resource);
    return about.length > 0 && about.every((one) => one === patient);
  }

  #holdsBinary(patient: string, id: string): boolean {
    const urls = [
      ...this.#store
        .byPatient(patient, 'DocumentReference')
        .flatMap((document) => valuesAt(document, ['content', 'attachment', 'url'])),
      ...this.#store
        .byPatient(patient, 'DiagnosticReport')
        .flatMap((report) => valuesAt(report, ['presentedForm', 'url'])),
    ];
    return urls.some((url) => url === `Binary/${id}` || url === `${this.#base}/Binary/${id}`);
  }
}
