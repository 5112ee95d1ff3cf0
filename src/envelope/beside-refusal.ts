import { isRecord } from '../vocabulary/fhir.ts';
import type { PatientText } from '../vocabulary/patient-texts.ts';
import type { Ask, Authenticated } from './envelope.ts';
import { saidFirst } from './patient-turn.ts';

/**
 * What a refusal says beside its reason: who speaks of an emergency is told what to do also where no answer comes. It
 * turns on the asker's own words, roles and purpose alone, never on a patient or on why it is refused, so that it tells
 * nothing that they do not know.
 */
export class BesideRefusal {
  #asked: { readonly ask: Ask; readonly asker: Authenticated } | undefined;

  /** From here on the question is known. */
  asked(ask: Ask, asker: Authenticated): void {
    this.#asked = { ask, asker };
  }

  get texts(): readonly PatientText[] {
    if (this.#asked === undefined) return [];
    const { ask, asker } = this.#asked;
    const { presented, tenant, user } = asker;
    const purpose = presented?.scope.purpose ?? (isRecord(ask.phi) ? ask.phi['purpose'] : undefined);
    return saidFirst({ ask, purpose, tenant, user });
  }
}
