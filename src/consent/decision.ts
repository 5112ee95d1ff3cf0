import type { Reason } from '../errors/reasons.ts';

/** One request as consent sees it. */
export interface ConsentRequest {
  readonly patient: string;
  readonly purpose: string;
  /** Roles of the asker and the references (`Practitioner/7`) under which a consent may name them. */
  readonly roles: readonly string[];
  readonly actors: readonly string[];
  /** v3/consentaction codes: `access`, `use`, `disclose` … */
  readonly action: string;
  /** Actions that this one brings with it: a denial of any of them counts, a permit has to name the action itself. */
  readonly entails?: readonly string[];
  /** Groups, teams, roles and organizations of which it is known whether the asker belongs: if so, `actors` has them. */
  readonly settled?: ReadonlySet<string>;
  /** What an instance refers to, for consents about what is related to it: `Encounter/7` to `Condition/2` … */
  readonly refersTo?: ReadonlyMap<string, readonly string[]>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** R4 Consent.provision.data: an instance, and how the data that the rule is about stand to it. */
export interface DataCondition {
  readonly meaning: 'instance' | 'related' | 'dependents' | 'authoredby';
  /** `Encounter/7` */
  readonly reference: string;
  /** For `related`: what the instance itself refers to. */
  readonly refersTo?: readonly string[];
}

/**
 * What a consent leaves out (or lets in again) resource by resource: the residual, IHE PCF. Conditions of
 * different kinds AND, values within one kind OR; the last rule that matches wins.
 */
export interface ResidualRule {
  readonly type: 'permit' | 'forbid';
  readonly securityLabels?: readonly { readonly system: string; readonly code: string }[];
  readonly classes?: readonly { readonly system: string; readonly code: string }[];
  readonly codes?: readonly { readonly system: string; readonly code: string }[];
  readonly dataPeriod?: { readonly start?: string; readonly end?: string };
  readonly data?: readonly DataCondition[];
  /**
   * Nested rules, each with conditions of its own: where any of them matches it decides instead of this rule, and
   * among them a forbid beats a permit. Present only where a flat list could not say the same.
   */
  readonly exceptions?: readonly ResidualRule[];
}

export interface ConsentDecision {
  readonly effect: 'permit' | 'deny';
  readonly reason?: Extract<Reason, 'consent_denied' | 'consent_absent' | 'consent_not_understood'>;
  /** Ids of the Consents that decided; hashed before they reach the trail. */
  readonly consents: readonly string[];
  readonly residual: readonly ResidualRule[];
  /** What is withheld besides, whatever the residual permits: notes that need a consent of their own. */
  readonly separately: readonly ResidualRule[];
  /** For the decision sentence, without PHI: `an active consent permits treatment`. */
  readonly phrase: string;
}
