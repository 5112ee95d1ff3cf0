import { type EmergencyPhrases, listed } from './listed.ts';

/** In one spelling each: `ae` for `ä` counts too. */
export const german: EmergencyPhrases = {
  heart: listed(`
    Brustschmerz, Brustschmerzen, Schmerzen in der Brust, Schmerz in der Brust, Brust schmerzt, Brust tut weh,
    Stechen in der Brust, Druck auf der Brust, Druck in der Brust, Enge in der Brust, Engegefühl, Brustenge,
    Herzinfarkt, Herzanfall, Herzattacke, Herzstillstand, kein Puls, keinen Puls
  `),
  breathing: listed(`
    keine Luft, kaum Luft, Luftnot, Atemnot, kann nicht atmen, kann nicht mehr atmen, kann kaum atmen, kann kaum
    noch atmen, schwer zu atmen, atmet nicht, aufgehört zu atmen, ersticke, erstickt, ersticken, läuft blau an, blau
    angelaufen, blaue Lippen
  `),
  life: listed(`
    Suizid, suizidal, Suizidgedanken, Selbstmord, Selbstmordgedanken, umbringen, bringe mich um, bring mich um,
    bringt mich um, das Leben nehmen, mein Leben beenden, will sterben, möchte sterben, sterben will, sterben
    möchte, nicht mehr leben, lebensmüde, nicht lebenswert, lieber tot, besser tot, wäre tot, tot sein, mich töten,
    erhängen, mich erschießen, Pulsadern, mich selbst verletzen, verletze mich selbst, Selbstverletzung, mich
    ritzen, ritze mich, etwas antun, was antun, vor den Zug, von der Brücke springen, ich sterbe, werde sterben,
    liegt im Sterben
  `),
  poisoning: listed(`
    Überdosis, überdosiert, zu viele Tabletten, zu viele Pillen, alle Tabletten genommen, alle Tabletten geschluckt,
    ganze Packung genommen, ganze Packung geschluckt, vergiftet, Vergiftung, Bleiche getrunken, Chlor getrunken,
    Reiniger getrunken, Frostschutzmittel getrunken, Batterie verschluckt, Knopfzelle, Kohlenmonoxid
  `),
  stroke: listed(`
    Schlaganfall, Hirnschlag, Hirnblutung, Gehirnblutung, Mundwinkel hängt, hängender Mundwinkel, Gesicht hängt,
    Gesichtslähmung, gelähmt, Lähmung, lallt, verwaschene Sprache, undeutliche Sprache, kann nicht sprechen, kann
    nicht mehr sprechen, kann nicht reden, kann nicht mehr reden, Arm nicht bewegen, Bein nicht bewegen, Arm nicht
    heben, Arm nicht mehr bewegen, Bein nicht mehr bewegen, spüre meinen Arm nicht, spüre mein Bein nicht, plötzlich
    taub, plötzliche Taubheit, plötzliche Schwäche, plötzlich schwach, plötzlich verwirrt, plötzlich blind, sehe
    nichts mehr, schlimmste Kopfschmerzen, schlimmsten Kopfschmerzen, stärkste Kopfschmerzen
  `),
  consciousness: listed(`
    bewusstlos, Bewusstlosigkeit, ohnmächtig, Ohnmacht, nicht ansprechbar, reagiert nicht, wacht nicht auf, nicht
    aufwecken, zusammengebrochen, kollabiert, Krampfanfall, krampft, epileptischer Anfall, epileptischen Anfall,
    umgekippt
  `),
  bleeding: listed(`
    starke Blutung, starke Blutungen, blutet stark, blute stark, blutet sehr, viel Blut, nicht auf zu bluten,
    Blutung stoppt nicht, Blutung hört nicht auf, verblute, verblutet, verbluten, Bluthusten, huste Blut, hustet
    Blut, spucke Blut, spuckt Blut, erbreche Blut, erbricht Blut, Blut erbrochen, Blut gespuckt, Blut gehustet
  `),
  allergy: listed(`
    Anaphylaxie, anaphylaktisch, anaphylaktischer, anaphylaktischen, allergischer Schock, allergischen Schock, Hals
    schwillt, Hals zugeschwollen, Hals geht zu, Zunge schwillt, Zunge geschwollen, geschwollene Zunge, kann nicht
    schlucken, kann nicht mehr schlucken, schwere allergische Reaktion
  `),
  help: listed(`
    ist ein Notfall, medizinischer Notfall, Notarzt, Krankenwagen, Rettungswagen, 112 anrufen
  `),
};
