import { isRecord } from '../../../../vocabulary/fhir.ts';
import { NotProven } from '../../../reasons.ts';
import { boundKey } from '../keys.ts';
import {
  type Members,
  memberOf,
  members,
  optionalHex,
  optionalMembers,
  optionalText,
  text,
  texts,
} from '../members.ts';
import type { TokenProfile } from '../profile.ts';
import { evidenceOf, type Shown } from './ear-evidence.ts';

/** Verdicts (draft-ietf-rats-ear, section 3.2) from best to worst. */
const tiers = ['affirming', 'warning', 'none', 'contraindicated'];

const tierOf = (submodule: Members): number => {
  const tier = tiers.indexOf(text(submodule, 'ear.status'));
  if (tier === -1) throw new NotProven('malformed');
  return tier;
};

interface Submodule {
  readonly name: string;
  readonly said: Members;
  readonly annotated: Members;
  readonly shown: Shown;
}

function submoduleOf([name, said]: readonly [string, unknown]): Submodule {
  if (!isRecord(said)) throw new NotProven('malformed');
  const annotated = members(said, 'ear.veraison.annotated-evidence');
  return { name, said, annotated, shown: evidenceOf(annotated) };
}

const vectorOf = (said: Members): string | undefined => {
  const vector = optionalMembers(said, 'ear.trustworthiness-vector');
  return vector === undefined ? undefined : JSON.stringify(vector);
};

const factsOf = ({ name, said, shown }: Submodule): readonly (readonly [string, string | undefined])[] => [
  [`${name}.tee`, shown.tee],
  [`${name}.status`, text(said, 'ear.status')],
  [`${name}.policy`, optionalText(said, 'ear.appraisal-policy-id')],
  [`${name}.vector`, vectorOf(said)],
  [`${name}.tcbStatus`, shown.tcbStatus],
];

/** The key that a machine sends along with its evidence, as one JWK, and hashes into its report data. */
const keyOf = (runtime: Members): string | undefined => boundKey([memberOf(runtime, 'tee-pubkey')]);

/**
 * EAT Attestation Results, as Trustee (Confidential Containers) writes them, with the evidence in its own words. The first
 * CPU is the machine; registers of other parts stand under the name of their part. Not every writer names itself by
 * `iss`: then it is the developer of the verifier, which EAR demands.
 */
export const ear: TokenProfile = {
  name: 'ear',
  is: (payload) => isRecord(memberOf(payload, 'ear.verifier-id')),
  issuer: (payload) => memberOf(payload, 'iss') ?? memberOf(members(payload, 'ear.verifier-id'), 'developer'),
  told(payload) {
    const all = Object.entries(members(payload, 'submods')).map((one) => submoduleOf(one));
    const main = all.find(({ name }) => name === 'cpu0') ?? all[0];
    if (main === undefined) throw new NotProven('malformed');
    const measurements = all.flatMap(({ name, shown }) =>
      Object.entries(shown.measurements).map(([register, value]): [string, string] => [
        name === main.name ? register : `${name}.${register}`,
        value,
      ]),
    );
    const worst = Math.max(...all.map(({ said }) => tierOf(said)));
    const runtime = optionalMembers(main.annotated, 'runtime_data_claims') ?? {};
    const reportData = optionalHex(main.annotated, 'report_data');
    const publicKey = keyOf(runtime);
    const advisories = [...new Set(all.flatMap(({ shown }) => shown.advisories))];
    return {
      tee: main.shown.tee,
      measurements: Object.fromEntries(measurements),
      flags: { ...main.shown.flags, debug: all.some(({ shown }) => shown.flags['debug'] === true) },
      tcb: { parts: main.shown.parts, status: tiers[worst] ?? 'none' },
      ...(advisories.length === 0 ? {} : { advisories }),
      facts: Object.fromEntries(
        all
          .flatMap((one) => factsOf(one))
          .flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      ),
      bound: {
        nonces: [...texts(payload, 'eat_nonce'), ...texts(runtime, 'nonce')],
        ...(reportData === undefined ? {} : { reportData }),
        ...(publicKey === undefined ? {} : { publicKey }),
      },
    };
  },
};
