import { isRecord, type Resource } from '../src/vocabulary/fhir.ts';
import { loadFhir } from './fhir/load.ts';
import { lastEncounter, seedForSandbox } from './fhir/seed.ts';
import { FhirStore } from './fhir/store.ts';
import { generatePatients } from './patients/generate.ts';

/** A patient as the ready line lists it; `story` names the generated ones. */
export interface SandboxPatient {
  readonly id: string;
  readonly name: string;
  readonly birthDate: string;
  readonly story?: string;
}

export interface Records {
  readonly store: FhirStore;
  readonly patients: readonly SandboxPatient[];
  /** The record's present, milliseconds since the epoch. */
  readonly now: number;
}

/** Seed of the generated patients: the same people at every start. */
const seed = 'phi-gateway';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function nameOf(patient: Resource): string {
  const names = patient['name'];
  const [name]: readonly unknown[] = Array.isArray(names) ? names : [];
  if (!isRecord(name)) return '';
  const given = Array.isArray(name['given']) ? name['given'].map(text) : [];
  return [...given, text(name['family'])].filter((part) => part !== '').join(' ');
}

async function fromFiles(
  paths: readonly string[],
  now: number | undefined,
  progress: (line: string) => void,
): Promise<Records> {
  const report = await loadFhir(paths, {
    onProgress: ({ files, ofFiles, resources }) => {
      if (files === ofFiles || files % 5 === 0)
        progress(`  ${files} of ${ofFiles} files, ${resources} resources`);
    },
  });
  const { store } = report;
  const present = now ?? lastEncounter(store) ?? Date.now();
  seedForSandbox(store, {
    now: present,
    clinician: { id: 'sandbox-clinician', name: { given: ['Ottoline'], family: 'Vasquez-Thorne' } },
  });
  const patients = report.patients.map((id) => {
    const patient = store.get('Patient', id);
    return {
      id,
      name: patient === undefined ? '' : nameOf(patient),
      birthDate: text(patient?.['birthDate']),
    };
  });
  return { store, patients, now: present };
}

/** The sandbox's patients: generated in this repository, or loaded from the given files and folders. */
export async function loadRecords(
  options: { readonly patients?: readonly string[]; readonly now?: number },
  progress: (line: string) => void,
): Promise<Records> {
  if (options.patients !== undefined) return fromFiles(options.patients, options.now, progress);
  const now = options.now ?? Date.now();
  const set = generatePatients({ seed, now });
  const store = new FhirStore();
  for (const resource of set.bundle) store.put(resource);
  progress(`  ${set.patients.length} invented patients, ${set.bundle.length} resources`);
  return { store, patients: set.patients, now };
}
