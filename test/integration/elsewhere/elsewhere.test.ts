import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Config } from '../../../src/config/config.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { progressNote } from '../../fixtures/progress-note.ts';
import { type AskOptions, type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { codeOf, endedTrail } from '../hardening/bad-input.ts';
import {
  answers,
  completion,
  hurried,
  type ModelDouble,
  startModelDouble,
} from '../hardening/model-double.ts';
import { here, now, otherId, startTwoServers, strangerMark, there, withFurther } from './two-servers.ts';

/** Issuers say under which name the person goes, for the record system's audit. */
const named = (config: Config): Config => ({
  ...config,
  tenants: config.tenants.map((tenant) => ({
    ...tenant,
    issuers: tenant.issuers.map((issuer) => ({ ...issuer, claims: { ...issuer.claims, name: 'sub' } })),
  })),
});
const nameIn = (claims: object): unknown => JSON.stringify(claims).match(/"subject_name":"[^"]+"/)?.[0];

let double: ModelDouble;
let world: Awaited<ReturnType<typeof startTwoServers>>;
beforeAll(async () => {
  double = await startModelDouble();
  world = await startTwoServers((config) => named(hurried({ double: double.baseUrl }, 5000)(config)));
}, 60_000);
afterAll(async () => {
  await world.close();
  await double.close();
});
beforeEach(async () => {
  world.fill();
  world.other.shown.length = 0;
  double.received.length = 0;
  double.play = answers(completion('Here is what the record says. [O1]'));
  await fetch(`${world.other.fhir.control}/__faults`, { method: 'DELETE' });
  await linked();
});

const ask = (options: AskOptions = {}): Promise<Reply> =>
  world.sandbox.ask({ patient: here, body: { model: 'double' }, ...options });
const received = (): string => double.received.join('\n');
const phiOf = ({ body }: Reply): Readonly<Record<string, unknown>> =>
  isRecord(body['phi']) ? body['phi'] : {};
const notices = (reply: Reply): unknown => {
  const list = phiOf(reply)['incomplete'];
  return Array.isArray(list) ? list.map((one: unknown) => (isRecord(one) ? one['code'] : one)) : list;
};
/** The links are read again within a moment of their change. */
const linked = (): Promise<unknown> => delay(300);
const fault = (kind: string, type?: string): Promise<unknown> =>
  fetch(`${world.other.fhir.control}/__faults`, {
    method: 'POST',
    body: JSON.stringify([{ when: type === undefined ? {} : { type }, fault: kind }]),
  });
const consentThere = (provision: object, dateTime = '2026-06-01T10:00:00Z'): void => {
  world.other.store.put({
    resourceType: 'Consent',
    id: 'consent-there',
    status: 'active',
    scope: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
    },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    patient: { reference: `Patient/${there}` },
    dateTime,
    policy: [{ uri: 'https://profiles.ihe.net/ITI/PCF/Policy-basic-normal' }],
    provision,
  });
};
/** A note at the tenant's own record system. */
const noteHere = (text: string): void => {
  const date = new Date(now - 86_400_000).toISOString();
  world.sandbox.running.store.put(progressNote({ id: `${here}-cross`, patient: here, date, text }));
};
const treat = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'TREAT' }];

describe('a patient in two record systems', () => {
  it('is answered from both: the newest counts, and each citation says where it is from', async () => {
    const reply = await ask();
    expect(reply.status).toBe(200);
    expect(phiOf(reply)['citations']).toEqual([
      { key: 'O1', resource: `Observation/${there}-lab-13457-7-elsewherefact`, server: otherId },
    ]);
    expect(received()).toContain('record system: 2');
    expect(received()).toContain('110 mg/dL');
    expect(received()).not.toContain('130 mg/dL');
  });

  it('lists what both hold, each under its own provenance', async () => {
    double.play = answers(completion('Two allergies. [A1] [A2]'));
    const reply = await ask({ task: 'allergies', question: 'Which allergies?' });
    expect([reply.status, codeOf(reply.body)]).toEqual([200, undefined]);
    expect(received()).toContain('allergen homefact');
    expect(received()).toContain('allergen elsewherefact');
  });

  it('reads drugs that the other system names, and the notes there', async () => {
    await ask({ task: 'medication.reconciliation', question: 'Which drugs?' });
    expect(received()).toContain('drug elsewherefact');
    expect(received()).toContain('drug homefact');
    double.received.length = 0;
    await ask({ task: 'note.lookup', question: 'Was the patient stable?' });
    expect(received()).toContain('Progress elsewherefact: stable');
  });

  it('is never mixed with whoever has the same id there, for any task', async () => {
    const { tasks } = world.sandbox.running.gateway.gateway.services;
    for (const { name } of tasks.list()) await ask({ task: name, question: 'What is there?' });
    expect(double.received.length).toBeGreaterThan(8);
    expect(received()).not.toContain(strangerMark);
    expect(received()).not.toMatch(/strangeways/i);
  });

  it('goes by no name or id of either system towards the model', async () => {
    const { tasks } = world.sandbox.running.gateway.gateway.services;
    noteHere(`Known at the laboratory as Brackenridge, id ${there}. Stable.`);
    for (const { name } of tasks.list())
      await ask({ task: name, question: 'Was it stable at the laboratory?' });
    expect(received()).toContain('Known at the laboratory as');
    for (const identifier of [/brackenridge/i, /quennell/i, /ashgrove/i, there, here, 'MRN-448812', otherId])
      expect(received()).not.toMatch(identifier);
  });

  it('the other system is shown a token of its own, for its own patient, and no person that it does not know', async () => {
    await ask();
    expect(world.other.shown.length).toBeGreaterThan(1);
    expect(new Set(world.other.shown.map(({ aud }) => aud))).toEqual(new Set([world.other.fhir.base]));
    expect(new Set(world.other.shown.map((claims) => claims['patient']))).toEqual(
      new Set([undefined, there]),
    );
    expect(world.other.shown.every((claims) => claims['fhirUser'] === undefined)).toBe(true);
    expect(world.other.shown.map(nameIn).filter((name) => name !== undefined)).toEqual([]);

    world.link({
      [`Patient/${here}`]: `Patient/${there}`,
      'Practitioner/sandbox-clinician': 'Practitioner/dr-there',
    });
    await linked();
    world.other.shown.length = 0;
    await ask();
    expect(world.other.shown.map((claims) => claims['fhirUser'])).toContain(
      `${world.other.fhir.base}/Practitioner/dr-there`,
    );
    expect(world.other.shown.map(nameIn).filter((name) => name !== undefined)).not.toEqual([]);
  });

  it('without a link nobody is asked there, and nothing tells that somebody might', async () => {
    world.link({});
    await linked();
    const reply = await ask();
    expect(reply.status).toBe(200);
    expect(received()).toContain('130 mg/dL');
    expect(world.other.shown).toEqual([]);
    expect(notices(reply)).not.toContain('server_missing');
  });
});

async function startWith(text: string | undefined): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'phi-links-'));
  const file = join(folder, 'links.json');
  if (text !== undefined) writeFileSync(file, text);
  try {
    return await SandboxUnderTest.start({
      configure: (config) => withFurther(config, 'http://127.0.0.1:1', file),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the file of links', () => {
  it.each([
    ['is missing', undefined],
    ['links two people to one', '{"Patient/1": "Patient/9", "Patient/2": "Patient/9"}'],
  ])('that %s: the gateway does not start', async (_name, text) => {
    await expect(startWith(text)).rejects.toThrow(/links\.json/);
  });

  it('that is spoilt while it runs leaves the last good one standing', async () => {
    world.spoil('{"Patient/1": ');
    await linked();
    await ask();
    expect(received()).toContain('110 mg/dL');
  });
});

describe('consent at the other record system', () => {
  it('that denies closes that system, and is told as any withholding', async () => {
    consentThere({ type: 'deny' });
    const reply = await ask();
    expect([reply.status, notices(reply)]).toEqual([200, expect.arrayContaining(['may_be_withheld'])]);
    expect(received()).toContain('130 mg/dL');
    expect(received()).not.toContain('110 mg/dL');
  });

  it('leaves out there what it denies there, and nothing here', async () => {
    consentThere({
      type: 'permit',
      purpose: treat,
      provision: [
        {
          type: 'deny',
          class: [{ system: 'http://hl7.org/fhir/resource-types', code: 'AllergyIntolerance' }],
        },
      ],
    });
    await ask({ task: 'allergies', question: 'Which allergies?' });
    expect(received()).toContain('allergen homefact');
    expect(received()).not.toContain('allergen elsewherefact');
  });

  it('that names people closes it to an asker whom no link names', async () => {
    const denial = {
      type: 'permit',
      purpose: treat,
      provision: [
        {
          type: 'deny',
          actor: [
            {
              role: {
                coding: [
                  { system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'IRCP' },
                ],
              },
              reference: { reference: 'Practitioner/dr-there' },
            },
          ],
        },
      ],
    };
    consentThere(denial);
    await ask();
    expect(received()).not.toContain('110 mg/dL');

    double.received.length = 0;
    world.link({
      [`Patient/${here}`]: `Patient/${there}`,
      'Practitioner/sandbox-clinician': 'Practitioner/dr-there',
    });
    await linked();
    await ask();
    expect(received()).not.toContain('110 mg/dL');

    double.received.length = 0;
    world.link({
      [`Patient/${here}`]: `Patient/${there}`,
      'Practitioner/sandbox-clinician': 'Practitioner/dr-else',
    });
    await linked();
    await ask();
    expect(received()).toContain('110 mg/dL');
  });

  it('that denies what belongs to a visit denies it also where the visit is named by a public address', async () => {
    consentThere({
      type: 'permit',
      purpose: treat,
      provision: [
        {
          type: 'deny',
          data: [{ meaning: 'related', reference: { reference: `Encounter/${there}-stay-elsewherefact` } }],
        },
      ],
    });
    const allergy = world.other.store.get('AllergyIntolerance', `${there}-allergy-elsewherefact`);
    if (allergy === undefined) throw new Error('no allergy');
    world.other.store.put({
      ...allergy,
      encounter: { reference: `https://public.example/fhir/Encounter/${there}-stay-elsewherefact` },
    });
    await ask({ task: 'allergies', question: 'Which allergies?' });
    expect(received()).toContain('allergen homefact');
    expect(received()).not.toContain('allergen elsewherefact');
  });

  it('here, that denies what somebody wrote, withholds what is from an author there whom no link names', async () => {
    const allergy = world.other.store.get('AllergyIntolerance', `${there}-allergy-elsewherefact`);
    const consentHere = world.sandbox.running.store.get('Consent', `${here}-consent`);
    if (allergy === undefined || consentHere === undefined) throw new Error('no record');
    world.other.store.put({ ...allergy, recorder: { reference: 'Practitioner/dr-there' } });
    world.sandbox.running.store.put({
      ...consentHere,
      provision: {
        type: 'permit',
        purpose: treat,
        provision: [
          {
            type: 'deny',
            data: [{ meaning: 'authoredby', reference: { reference: 'Practitioner/former-partner' } }],
          },
        ],
      },
    });
    await ask({ task: 'allergies', question: 'Which allergies?' });
    expect(received()).not.toContain('allergen elsewherefact');

    double.received.length = 0;
    world.link({ [`Patient/${here}`]: `Patient/${there}`, 'Practitioner/seven': 'Practitioner/dr-there' });
    await linked();
    await ask({ task: 'allergies', question: 'Which allergies?' });
    expect(received()).toContain('allergen elsewherefact');
  });

  it('that closes it leaves what identifies there hidden here', async () => {
    consentThere({ type: 'deny' });
    noteHere(`Known at the laboratory as Brackenridge, id ${there}. Stable.`);
    await ask({ task: 'note.lookup', question: 'Was it stable at the laboratory?' });
    expect(received()).toContain('Known at the laboratory as');
    expect(received()).not.toMatch(/brackenridge/i);
    expect(received()).not.toContain(there);
  });

  it('that changes while the model answers ends the request: nothing is delivered', async () => {
    double.play = (response, request) => {
      consentThere({ type: 'deny' });
      answers(completion('LDL is 110 mg/dL. [O1]'))(response, request);
    };
    const reply = await ask();
    expect([reply.status, codeOf(reply.body)]).toEqual([403, 'access_denied']);
    expect((await endedTrail(world.sandbox, reply.trail)).at(-1)).toMatchObject({
      event: 'response.aborted',
      reason: 'revoked',
    });
  });
});

describe('a link', () => {
  it('that ends while the model answers ends the request: nothing is delivered', async () => {
    double.play = async (response, request) => {
      world.link({});
      await linked();
      answers(completion('LDL is 110 mg/dL. [O1]'))(response, request);
    };
    const reply = await ask();
    expect([reply.status, codeOf(reply.body)]).toEqual([403, 'access_denied']);
    expect((await endedTrail(world.sandbox, reply.trail)).at(-1)).toMatchObject({
      event: 'response.aborted',
      reason: 'revoked',
    });
  });

  it('of a clinician: the id there is hidden in notes as well', async () => {
    world.link({
      [`Patient/${here}`]: `Patient/${there}`,
      'Practitioner/sandbox-clinician': 'Practitioner/staff-7719402',
    });
    await linked();
    const allergy = world.other.store.get('AllergyIntolerance', `${there}-allergy-elsewherefact`);
    const team = world.other.store.get('CareTeam', `${there}-team`);
    if (allergy === undefined || team === undefined) throw new Error('no record');
    world.other.store.put({
      ...team,
      participant: [{ member: { reference: 'Practitioner/staff-7719402' } }],
    });
    noteHere('Signed at the laboratory by staff-7719402. Stable.');
    await ask({ task: 'note.lookup', question: 'Was it signed and stable at the laboratory?' });
    expect(received()).toContain('Signed at the laboratory');
    expect(received()).not.toContain('7719402');
  });
});

describe('the other record system is not well', () => {
  it.each(['status-500', 'close', 'hang'])(
    '%s: a task that needs it is refused, one that may do without says so',
    async (kind) => {
      await fault(kind);
      const refused = await ask();
      expect([502, 504]).toContain(refused.status);
      expect(received()).toBe('');
      const partial = await ask({ task: 'visit.prep', question: 'What is new?' });
      expect([partial.status, notices(partial)]).toEqual([200, expect.arrayContaining(['server_missing'])]);
      expect(received()).toContain('homefact');
      expect(received()).not.toContain('elsewherefact');
    },
    60_000,
  );

  it('down for one type only: what it gave is kept, and that something may be missing is said', async () => {
    await fault('status-500', 'Immunization');
    const partial = await ask({ task: 'visit.prep', question: 'What is new?' });
    expect([partial.status, notices(partial)]).toEqual([200, expect.arrayContaining(['server_missing'])]);
    expect(received()).toContain('allergen elsewherefact');
  });

  it('answering what is no FHIR is no outage: who knows what it means', async () => {
    await fault('html');
    const reply = await ask({ task: 'visit.prep', question: 'What is new?' });
    expect([reply.status, codeOf(reply.body)]).toEqual([502, 'fhir_unavailable']);
    expect(received()).toBe('');
  });

  it('lying is no outage: what it lies about is left out, and on the trail under its name', async () => {
    await fault('foreign-patient', 'Observation');
    const reply = await ask();
    expect(received()).not.toContain(strangerMark);
    const events = await endedTrail(world.sandbox, reply.trail);
    expect(events.map(({ event }) => event)).toContain('server.distrusted');
  });

  it.each([
    ['inactive', { active: false }],
    ['replaced', { link: [{ type: 'replaced-by', other: { reference: 'Patient/other' } }] }],
  ])('a record there that is %s refuses, and says so', async (_name, change) => {
    world.other.store.put({
      resourceType: 'Patient',
      id: there,
      name: [{ family: 'Brackenridge' }],
      ...change,
    });
    const reply = await ask({ task: 'visit.prep', question: 'What is new?' });
    expect([reply.status, codeOf(reply.body)]).toEqual([403, 'record_not_current']);
  });

  it('a link to nobody is no outage: whoever keeps the links has to look', async () => {
    world.other.store.delete('Patient', there);
    const reply = await ask({ task: 'visit.prep', question: 'What is new?' });
    expect([reply.status, codeOf(reply.body)]).toEqual([502, 'fhir_unavailable']);
  });
});
