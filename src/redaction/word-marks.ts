import { markOf } from './vocabulary.ts';
import { monthNames } from './words/calendar.ts';
import { clinicalWords, eponymNouns, eponyms } from './words/clinical-words.ts';
import {
  chartWords,
  clinicianTitles,
  credentials,
  nameCues,
  nameLabels,
  nameParticles,
  personVerbs,
  plainTitles,
  relations,
  titles,
} from './words/context-words.ts';
import {
  clinicalAcronyms,
  facilityHeads,
  facilityJoints,
  genericPlaceWords,
  placeCues,
  strongHeads,
  visitWords,
} from './words/facility-words.ts';
import { knownTowns } from './words/known-places.ts';
import { ordinaryNameWords } from './words/ordinary-words.ts';
import { states, streetTypes } from './words/street-words.ts';

/** Marks of the lists that several recognisers ask. */
export const listed = {
  chart: markOf(chartWords),
  clinical: markOf(clinicalWords),
  clinicalAcronym: markOf(clinicalAcronyms),
  clinicianTitle: markOf(clinicianTitles),
  credential: markOf(credentials),
  eponym: markOf(eponyms),
  eponymNoun: markOf(eponymNouns),
  facilityHead: markOf(facilityHeads),
  facilityJoint: markOf(facilityJoints),
  genericPlace: markOf(genericPlaceWords),
  knownTown: markOf(knownTowns),
  month: markOf(monthNames),
  nameCue: markOf(nameCues),
  nameLabel: markOf(nameLabels),
  ordinaryName: markOf(ordinaryNameWords),
  particle: markOf(nameParticles),
  personVerb: markOf(personVerbs),
  placeCue: markOf(placeCues),
  plainTitle: markOf(plainTitles),
  relation: markOf(relations),
  state: markOf(states),
  streetType: markOf(streetTypes),
  strongHead: markOf(strongHeads),
  title: markOf(titles),
  visit: markOf(visitWords),
} as const;
