import { afterAll, expect, test } from '@jest/globals';
import { configuredOrigins } from '../../../src/config/configured-origins.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { configFolder, removeFolders, setting } from '../config/fixture.ts';

afterAll(removeFolders);

const originsOf = (change?: (config: Record<string, unknown>) => void): readonly string[] => [
  ...configuredOrigins(loadConfig({ path: configFolder(change).path, env: {} })),
];

test('issuers, key sets, FHIR bases, models and witnesses of the documented example, by origin', () => {
  expect(originsOf().toSorted()).toEqual([
    'https://confidential.example',
    'https://ehr.hospital.example',
    'https://fhir.hospital.example',
    'https://fhir.laboratory.example',
    'https://keys.hospital.example',
    'https://login.hospital.example',
    'https://models.example',
    'https://officer.hospital.example',
    'https://recogniser.hospital.example',
    'https://signals.hospital.example',
    'https://spare-models.example',
    'https://tickets.hospital.example',
    'https://witness.example',
  ]);
});

test('a key set elsewhere is named, or it is not reached', () => {
  expect(originsOf(setting('tenants.0.issuers.0.jwksOrigin', undefined))).not.toContain(
    'https://keys.hospital.example',
  );
});

const recordServer =
  (base: string) =>
  (config: Record<string, unknown>): void => {
    for (const path of ['fhir.base', 'issuers.0.fhirBase', 'issuers.1.fhirBase']) {
      setting(`tenants.0.${path}`, base)(config);
    }
  };

test('default ports and letter case make no difference, other ports do', () => {
  expect(originsOf(recordServer('https://FHIR.Hospital.example:443/r4'))).toContain(
    'https://fhir.hospital.example',
  );
  expect(originsOf(recordServer('https://fhir.hospital.example:8443/r4'))).toContain(
    'https://fhir.hospital.example:8443',
  );
});
