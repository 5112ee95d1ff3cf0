import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Resource } from '../../../src/vocabulary/fhir.ts';
import { type AskOptions, type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

const warning = 'Allergies or active medications may have been left out';
const allergyIn = (text: string): boolean => text.includes('quokkasillin');

describe.each(['constant', 'specific', 'refuse'] as const)('where the safety notice is %s', (mode) => {
  let sandbox: SandboxUnderTest;
  let consent: Resource;
  const patient = (): string => sandbox.ready.patients[0]?.id ?? '';
  const put = (resource: Resource): void => {
    sandbox.running.store.put(resource, Date.parse(sandbox.ready.now));
  };

  beforeAll(async () => {
    sandbox = await SandboxUnderTest.start({
      configure: (config) => ({
        ...config,
        tenants: config.tenants.map((tenant) => ({
          ...tenant,
          safetyNotice: mode,
          privacyNotice: 'specific' as const,
        })),
      }),
    });
    const [found] = sandbox.running.store
      .all('Consent')
      .filter((one) => JSON.stringify(one['patient']).includes(`Patient/${patient()}`));
    if (found === undefined) throw new Error('the patient has no consent');
    consent = found;
    put({
      resourceType: 'AllergyIntolerance',
      id: 'vital-allergy',
      patient: { reference: `Patient/${patient()}` },
      recordedDate: sandbox.ready.now,
      clinicalStatus: {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' },
        ],
      },
      code: { text: 'quokkasillin' },
    });
  }, 60_000);
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    put(consent);
    await sandbox.forgetReceived();
  });

  /** The patient denies one allergy to everybody. */
  const deny = (): void => {
    const { provision } = consent;
    put({
      ...consent,
      provision: {
        ...(typeof provision === 'object' ? provision : {}),
        provision: [
          {
            type: 'deny',
            data: [{ meaning: 'instance', reference: { reference: 'AllergyIntolerance/vital-allergy' } }],
          },
        ],
      },
    });
  };
  const ask = (more: AskOptions = {}): Promise<Reply> =>
    sandbox.ask({ task: 'allergies', question: 'Which allergies are there?', ...more });
  /** What somebody without a relation hears. */
  const told = async (id: string): Promise<string> => {
    const reply = await ask({ user: 'outsider', patient: id });
    return `${reply.status} ${reply.text.replaceAll(reply.trail, 'T')}`;
  };
  const shown = async (): Promise<string> => JSON.stringify(await sandbox.received());

  it('and nothing is withheld: the answer is whole, and warned of only if it always is', async () => {
    const reply = await ask();
    expect(reply.status).toBe(200);
    expect(allergyIn(await shown())).toBe(true);
    expect(reply.text.includes(warning)).toBe(mode === 'constant');
  });

  it('and an allergy is withheld: it does not reach the model, and who treats is warned or refused', async () => {
    deny();
    const reply = await ask();
    const refused = mode === 'refuse';
    expect(allergyIn(await shown())).toBe(false);
    expect(reply.status).toBe(refused ? 403 : 200);
    expect(reply.text).toContain(refused ? 'in an emergency ask for emergency access' : warning);
    expect(reply.text.includes('"vital_withheld"')).toBe(refused);
    expect(await sandbox.received()).toHaveLength(refused ? 0 : 1);
    const last = (await sandbox.trail(reply.trail)).at(-1);
    expect(last?.reason).toBe(refused ? 'vital_withheld' : undefined);
  });

  it('and a task reads neither allergies nor drugs: nobody is warned or refused', async () => {
    deny();
    const reply = await ask({ task: 'cholesterol.latest', question: 'What is the latest LDL?' });
    expect(reply.status).toBe(200);
    expect(reply.text).not.toContain(warning);
  });

  it('and patients ask about themselves: their own denial keeps nothing from them', async () => {
    deny();
    const reply = await ask({ user: 'patient', purpose: 'PATRQT' });
    expect(reply.status).toBe(200);
    expect(allergyIn(await shown())).toBe(true);
    expect(reply.text).not.toContain(warning);
  });

  it('and a stranger asks: told what strangers are told, whatever is withheld', async () => {
    const before = await told(patient());
    deny();
    expect(await told(patient())).toBe(before);
    expect(await told('no-such-patient')).toBe(before);
    expect(before).not.toContain(warning);
  });
});
