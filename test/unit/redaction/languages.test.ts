import { describe, expect, test } from '@jest/globals';
import { loadShippedPack } from '../../../src/packs.ts';
import { rulesOfPack } from '../../../src/redaction/pack.ts';
import { createScanner } from '../../../src/redaction/scan.ts';

/** Invented sentences; what identifies somebody stands in double brackets. */
const sentences = {
  es: `
    Paciente: [[Lucía Fernández Ortega]], nacida el [[4 de mayo de 1962]].
    La Dra. [[Carmen Ibáñez]] revisó la analítica el [[12/03/2024]].
    Acude con su hija [[Marisol]], que refiere tos.
    El señor [[Joaquín Peralta]] vive en [[Valdepeñas]].
    Domicilio: [[Calle de la Paloma, 14]], [[28005 Madrid]].
    NHC [[8841207]], teléfono [[612 345 678]].
    DNI [[12345678Z]], póliza [[GX-4471029]].
    Tarjeta sanitaria: [[CYLX 8841207]].
    Intervenido en [[marzo de 2021]] sin complicaciones.
    Médico: [[Esteban Quiroga]]. Nº de colegiado [[28/44719]].`,
  de: `
    Herr [[Friedhelm Obermaier]] wurde am [[3. Mai 2021]] aufgenommen.
    Frau Dr. [[Annegret Vollmer]] bittet um Rückruf.
    Patientin: [[Roswitha Kühn]], geb. [[14.02.1948]].
    Wohnhaft in [[Buxtehude]], [[Lindenstraße 14]], [[21614 Buxtehude]].
    Die Tochter [[Swantje]] ist informiert.
    Tel. [[04161 998 21]], Fallnummer [[20417733]].
    Versichertennummer [[A123456780]].
    Kontrolle am [[17.09.]] beim Hausarzt.
    Prof. Dr. med. [[Reinhold Ackermann]] operierte im [[Oktober 2022]].
    Kennzeichen [[STD-KL 448]], Steuer-ID [[86 095 742 719]].`,
  fr: `
    Madame [[Ghislaine Moreau]] a été vue le [[1er février 2023]].
    Patiente : [[Solange Dufresne]], née le [[12 août 1951]].
    Le Docteur [[Étienne Lacroix]] propose un contrôle.
    Elle habite à [[Montbéliard]], [[14 bis rue des Lilas]], [[25200 Montbéliard]].
    Sa fille [[Capucine]] est présente.
    Tél. [[06 12 34 56 78]], IPP [[8841207]].
    Numéro de sécurité sociale [[2 55 08 14 168 025 38]].
    Opéré en [[mars 2021]] sans complication.
    Médecin traitant : [[Anselme Roussel]], RPPS [[10004471029]].
    Immatriculation [[AB-123-CD]].`,
} as const;

/** Sentences that identify nobody. */
const clinical = {
  es: `
    Metformina 850 mg cada 12 horas, tomar con las comidas.
    Niega dolor torácico; sin fiebre ni disnea desde hace 3 días.
    Alergia a la penicilina (urticaria). Madre con diabetes, padre con ictus.
    Glucosa 142 mg/dL, creatinina 1,02 mg/dL, TA 132/84, FC 72.
    Enfermedad de Parkinson y síndrome de Sjögren en seguimiento.`,
  de: `
    Metoprolol 47,5 mg 1-0-1, Ramipril 5 mg morgens.
    Kein Fieber, keine Dyspnoe, Gewicht 76,4 kg, Größe 168 cm.
    Allergie gegen Penicillin (Exanthem). Mutter mit Diabetes, Vater mit Schlaganfall.
    Kreatinin 1,02 mg/dl, Kalium 4,1 mmol/l, RR 132/84 mmHg, Puls 72.
    Morbus Parkinson seit 2019, Arztbrief folgt, Kontrolle in 6 Wochen.`,
  fr: `
    Amoxicilline 1 g matin et soir pendant 7 jours.
    Pas de fièvre, pas de dyspnée, poids 76,4 kg, TA 13/8.
    Allergie à la pénicilline (urticaire). Mère diabétique, père décédé d'un AVC.
    Créatinine 92 µmol/l, kaliémie 4,1 mmol/l, HbA1c 6,9 %.
    Maladie de Crohn et syndrome de Raynaud, traitement inchangé.`,
} as const;

const lines = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim());

describe.each(['es', 'de', 'fr'] as const)('pack %s', (name) => {
  const pack = loadShippedPack(name);
  const scan = createScanner([pack]);
  const found = (text: string): string[] => scan(text).map(({ start, end }) => text.slice(start, end));

  test.each(lines(sentences[name]))('%s', (line) => {
    const values = Array.from(line.matchAll(/\[\[(.*?)\]\]/g), ([, value]) => value ?? '');
    const text = line.replaceAll(/\[\[|\]\]/g, '');
    const hidden = found(text).join(' ');
    const words = values.flatMap((value) => value.split(/[\s,/]+/));
    expect(
      words.filter((word) => !/^(?:de|la|des|rue|bis|el)$/.test(word) && !hidden.includes(word)),
    ).toEqual([]);
  });

  test.each(lines(clinical[name]))('stays: %s', (line) => {
    expect(found(line)).toEqual([]);
  });

  test('holds all rules of gdpr', () => {
    const own = new Set(rulesOfPack(pack).map(({ id }) => id));
    const base = loadShippedPack('gdpr');
    expect(rulesOfPack(base).filter(({ id }) => !own.has(id))).toEqual([]);
  });
});
