import { afterEach, describe, expect, it } from '@jest/globals';
import type { Config, Tenant } from '../../../src/config/config.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest | undefined;
afterEach(() => sandbox?.close());

/** A tenant under these laws, whose models stand there. */
const under =
  (law: Pick<Tenant, 'jurisdictions' | 'lawfulBases'>, residency: string) =>
  (config: Config): Config => ({
    ...config,
    tenants: config.tenants.map((tenant) => ({
      ...tenant,
      ...law,
      models: tenant.models.map((model) => ({ ...model, residency })),
    })),
  });

async function asked(law: Pick<Tenant, 'jurisdictions' | 'lawfulBases'>, residency: string) {
  sandbox = await SandboxUnderTest.start({ configure: under(law, residency) });
  await sandbox.forgetReceived();
  const reply = await sandbox.ask();
  const error = isRecord(reply.body['error']) ? String(reply.body['error']['message']) : '';
  const received = await sandbox.received();
  return { status: reply.status, error, received: received.length };
}

const basis = { TREAT: '6.1.e+9.2.h' };

describe('the laws that a tenant is under', () => {
  it('EU: answers with a basis and a model in the EEA', async () => {
    expect(await asked({ jurisdictions: ['EU'], lawfulBases: basis }, 'de-BY')).toMatchObject({
      status: 200,
    });
  }, 60_000);

  it.each<[string, Pick<Tenant, 'jurisdictions' | 'lawfulBases'>, string, string]>([
    [
      'EU: no basis',
      { jurisdictions: ['EU'], lawfulBases: { PATRQT: '6.1.a+9.2.a' } },
      'DE',
      'no lawful basis under articles 6 and 9 of the GDPR is configured for treatment',
    ],
    [
      'EU: a model elsewhere',
      { jurisdictions: ['EU'], lawfulBases: basis },
      'US',
      'the model stands outside the European Economic Area',
    ],
    [
      'both: the stricter wins',
      { jurisdictions: ['US', 'EU'], lawfulBases: basis },
      'US',
      'the model stands outside the European Economic Area',
    ],
  ])(
    '%s: refused with its sentence, and nothing reaches the model',
    async (_name, law, residency, said) => {
      const reply = await asked(law, residency);
      expect(reply).toMatchObject({ status: 403, received: 0 });
      expect(reply.error).toContain(said);
    },
    60_000,
  );
});
