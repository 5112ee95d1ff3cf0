import { startFhirServer } from '../../sandbox/fhir/server.ts';
import { loadRecords } from '../../sandbox/records.ts';
import { answer } from './child.ts';

// A FHIR server alone: what it costs must not count as the reader's.
const { store, patients } = await loadRecords({}, () => undefined);
const server = await startFhirServer({
  port: 0,
  store,
  authorize: () => Promise.resolve({ scopes: ['system/*.rs'] }),
  clock: { now: () => Date.now() },
});

answer({
  start: () => ({ base: server.base, patient: patients[0]?.id }),
  stop: async () => {
    await server.close();
    return {};
  },
});
