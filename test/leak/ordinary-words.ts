/**
 * Names that are also ordinary or clinical English words. They count as leaked only in name context: beside
 * another name of the same person. Listed apart in the report, so that nobody takes them for a clean result.
 */
export const ordinaryWords: ReadonlySet<string> = new Set(
  `abbey allen amber angel april art august autumn bay bell berg best bird black blue bond book booth branch brook brown bush butler
  cane carol case chance chase christian church clay cole cook cool court cross dale dawn day dean dell deal drew drake duke earl east
  faith fall fay ferry field fields fish flower foot ford forest fox frank free french frost gay gene glass glen gold good grace grant
  gray green grey guy hall hand hardy harm harmony hart head heart heath hill hills holly home hope house hunt hunter iris ivan ivory
  ivy jack jade jan jean jewel john joy june justice kay king lake lane law lee les lily little long love low luna major mark marks
  martin mason may melody mercy miles miller mills mist moon moore morning moss noble north nova oak olive page paige park patience
  peace pearl penny pepper piper pond pool poole pope port post power price prince prosper queen ray reed rich rivers rob robin rock
  rose royal ruby rush rusty sage sand sandy savage scarlet sharp short silver sky small snow star stark stone storm strong summer
  summers sun temple terry tiny trinity true van violet wade walker wall walls ward waters way weeks wells west white will wise wolf
  wood woods young wilson down graves addison parkinson white son per sol rae les ever lin mai win shin key many max min bill skin`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
