import { codeSystems } from '../../../src/vocabulary/fhir.ts';
import type { Chart } from '../chart.ts';
import { concept, staffReference, terminology } from '../chart.ts';
import type { Allergen, AllergyRow } from '../codes/allergens.ts';
import { allergens } from '../codes/allergens.ts';
import { sentence } from '../note-builder.ts';

/** A refuted allergy still needs a clinical status (R4 rule ait-1): it is inactive. */
// biome-ignore format: a table
const statuses = {
  confirmed:   { verification: 'confirmed', clinical: 'active' },
  unconfirmed: { verification: 'unconfirmed', clinical: 'active' },
  refuted:     { verification: 'refuted', clinical: 'inactive' },
  resolved:    { verification: 'confirmed', clinical: 'resolved' },
} as const satisfies Record<AllergyRow[1], { verification: string; clinical: string }>;

function addAllergy(chart: Chart, [key, certainty]: AllergyRow, daysAgo: number): void {
  const { scene, calendar } = chart;
  const allergen: Allergen = allergens[key];
  const id = chart.newId('alg');
  const relative = scene.relatives[0];
  const recorded = chart.since(daysAgo);
  const note =
    certainty === 'refuted'
      ? sentence`Challenge passed at ${scene.hospital.short} on ${scene.date(recorded)}; ${scene.patient.initialLast} may take it.`
      : allergen.reaction !== undefined && relative !== undefined
        ? sentence`Reported by ${scene.words.her} ${relative.word} ${relative.short}, ${scene.phone(scene.homePhone)}.`
        : undefined;
  chart.add({
    resourceType: 'AllergyIntolerance',
    id,
    meta: chart.meta(recorded, 'us-core-allergyintolerance'),
    clinicalStatus: terminology('allergyintolerance-clinical', statuses[certainty].clinical),
    verificationStatus: terminology('allergyintolerance-verification', statuses[certainty].verification),
    ...(allergen.negative === true
      ? {}
      : {
          type: 'allergy' as const,
          criticality: certainty === 'confirmed' ? ('high' as const) : ('low' as const),
        }),
    category: [allergen.category],
    code: concept(codeSystems.snomed, allergen.snomed, allergen.display),
    patient: chart.subject,
    recordedDate: calendar.date(recorded),
    recorder: staffReference('clinician'),
    ...(allergen.reaction === undefined
      ? {}
      : {
          reaction: [
            {
              manifestation: [
                concept(codeSystems.snomed, allergen.reaction.snomed, allergen.reaction.display),
              ],
              severity: 'moderate' as const,
            },
          ],
        }),
    ...(note === undefined
      ? {}
      : { note: [{ text: chart.write(`AllergyIntolerance/${id}`, 'note[0].text', note) }] }),
  });
}

/** The first allergy of the story was recorded after the last visit, the others long before. */
export function addAllergies(chart: Chart): void {
  chart.story.allergies.forEach((row, index) => addAllergy(chart, row, index === 0 ? 14 : 800));
}
