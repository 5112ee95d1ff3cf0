import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { faultKinds } from '../../../sandbox/fhir/faults.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { findLeaks, type Identifiers } from '../../leak/matcher.ts';
import { othersThan } from '../../leak/others.ts';
import { denied, identifiersOf, isRefused, nextStatus, promised, seen, told } from './bad-input.ts';
import { type FhirInput, faultRows, fhirInputs, metadataFaults, waiting } from './fhir-inputs.ts';
import { hurried } from './model-double.ts';

let sandbox: SandboxUnderTest;
let hurriedOne: SandboxUnderTest;
let identifiers: Identifiers;
let others: Identifiers;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start({ configure: hurried({}, 15_000) });
  hurriedOne = await SandboxUnderTest.start({ configure: hurried() });
  identifiers = identifiersOf(sandbox);
  others = othersThan(sandbox.running.store, sandbox.ready.patients[0]?.id ?? '');
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  await hurriedOne.close();
});
afterEach(async () => {
  await sandbox.clearFaults();
  await hurriedOne.clearFaults();
});

const other = (): string => sandbox.ready.patients[1]?.id ?? '';

const refusedInputs = fhirInputs.flatMap(({ outcome, ...input }) =>
  isRefused(outcome) ? [{ ...input, outcome }] : [],
);
const survivedInputs = fhirInputs.filter(({ outcome }) => !isRefused(outcome));

/** Asks while a fault is in force; answers the reply and what the model received. */
async function askDuring({ fault, type, value }: Pick<FhirInput, 'fault' | 'type' | 'value'>) {
  const at = waiting.has(fault) ? hurriedOne : sandbox;
  await at.forgetReceived();
  const given = fault === 'foreign-patient' ? other() : value;
  await at.faults([{ when: { type }, fault, ...(given === undefined ? {} : { value: given }) }]);
  const reply = await at.ask();
  await at.clearFaults();
  return { at, reply, received: JSON.stringify(await at.received()) };
}

describe('a FHIR server that fails or lies', () => {
  // First: once a statement was read it is remembered, and these would find nothing to break.
  it.each(metadataFaults)('FHIR %s at metadata', async (fault) => {
    const { reply } = await askDuring({ fault, type: 'metadata', value: undefined });
    expect({ ...(await told(sandbox, reply, identifiers)), next: 200 }).toEqual(
      promised(denied('fhir_unavailable', 'consent_unavailable')),
    );
  });

  it.each(refusedInputs)('$name', async (input) => {
    const { at, reply, received } = await askDuring(input);
    expect(received).toBe('[]');
    expect(await seen(at, reply, identifiers)).toEqual(promised(input.outcome));
  });

  it.each(survivedInputs)('$name', async (input) => {
    const { at, reply, received } = await askDuring(input);
    expect({ status: reply.status, text: reply.text.slice(0, 300) }).toMatchObject({ status: 200 });
    expect(findLeaks(received, identifiers)).toEqual([]);
    expect(findLeaks(reply.text, others)).toEqual([]);
    expect(await nextStatus(at)).toBe(200);
  });

  it('a clinical read that never ends is cut, and the answer says so', async () => {
    const { reply } = await askDuring({ fault: 'endless-paging', type: 'Observation', value: undefined });
    expect(reply.text).toContain('"code":"server_partial"');
  });

  it('every fault of the sandbox has its row', () => {
    expect(Object.keys(faultRows).toSorted()).toEqual(Object.keys(faultKinds).toSorted());
  });
});
