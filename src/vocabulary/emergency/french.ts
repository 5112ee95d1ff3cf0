import { type EmergencyPhrases, listed } from './listed.ts';

/** With and without what is elided, and with `ne` left out as people write it. */
export const french: EmergencyPhrases = {
  heart: listed(`
    douleur à la poitrine, douleurs à la poitrine, douleur dans la poitrine, douleurs dans la poitrine, douleur
    thoracique, douleurs thoraciques, mal à la poitrine, mal dans la poitrine, poitrine serrée, poitrine qui serre,
    serrement dans la poitrine, oppression dans la poitrine, oppression thoracique, crise cardiaque, infarctus,
    arrêt cardiaque, pas de pouls, plus de pouls
  `),
  breathing: listed(`
    n'arrive pas à respirer, j'arrive pas à respirer, arrive pas à respirer, n'arrive plus à respirer, j'arrive plus
    à respirer, arrive plus à respirer, peux pas respirer, peux plus respirer, peut pas respirer, peut plus
    respirer, respire plus, respire pas, du mal à respirer, difficulté à respirer, difficultés à respirer,
    difficultés respiratoires, détresse respiratoire, arrêté de respirer, manque d'air, souffle coupé, j'étouffe,
    m'étouffe, s'étouffe, étouffe, suffoque, lèvres bleues, devient bleu, devient bleue
  `),
  life: listed(`
    suicide, suicider, suicidaire, envie de mourir, veux mourir, voudrais mourir, envie d'en finir, en finir avec la
    vie, mettre fin à mes jours, mettre fin à ma vie, mettre fin à ses jours, me tuer, m'ôter la vie, plus envie de
    vivre, veux plus vivre, vaut pas la peine de vivre, préférerais être mort, préférerais être morte, me faire du
    mal, me mutiler, m'ouvrir les veines, me tailler les veines, me pendre, me tirer une balle, va me tuer, veut me
    tuer, me jeter sous un train, je meurs, je vais mourir, en train de mourir
  `),
  poisoning: listed(`
    surdose, surdosage, overdose, pris trop de médicaments, pris trop de comprimés, pris trop de cachets, avalé trop
    de médicaments, avalé trop de comprimés, avalé toute la boîte, pris toute la boîte, empoisonné, empoisonnée,
    empoisonnement, intoxication, intoxiqué, intoxiquée, bu de la javel, bu de l'eau de javel, avalé de la javel,
    avalé une pile, monoxyde de carbone
  `),
  stroke: listed(`
    AVC, accident vasculaire, attaque cérébrale, visage paralysé, visage déformé, visage qui tombe, bouche tordue,
    bouche de travers, peux plus parler, peut plus parler, n'arrive plus à parler, j'arrive plus à parler, arrive
    plus à parler, peux plus bouger, peut plus bouger, n'arrive plus à bouger, j'arrive plus à bouger, arrive plus à
    bouger, bras paralysé, jambe paralysée, sens plus mon bras, sens plus ma jambe, faiblesse soudaine,
    engourdissement soudain, paralysie soudaine, paralysé d'un côté, paralysée d'un côté, vois plus rien, perdu la
    vue, pire mal de tête de ma vie, troubles de la parole, trouble de la parole
  `),
  consciousness: listed(`
    inconscient, inconsciente, sans connaissance, perdu connaissance, perd connaissance, perte de connaissance,
    évanoui, évanouie, m'évanouir, tombé dans les pommes, tombée dans les pommes, répond plus, réagit plus, réagit
    pas, se réveille pas, se réveille plus, convulsions, convulse, crise d'épilepsie, s'est effondré, s'est
    effondrée
  `),
  bleeding: listed(`
    saigne beaucoup, saigne abondamment, saignement abondant, saignements abondants, n'arrête pas de saigner, arrête
    pas de saigner, s'arrête pas de saigner, saignement ne s'arrête pas, beaucoup de sang, hémorragie, vomi du sang,
    vomit du sang, vomis du sang, vomir du sang, crache du sang, cracher du sang, tousse du sang
  `),
  allergy: listed(`
    anaphylaxie, anaphylactique, gorge qui se serre, gorge se serre, gorge se ferme, gorge qui gonfle, gorge gonfle,
    gorge gonflée, langue qui gonfle, langue gonfle, langue gonflée, peux plus avaler, n'arrive plus à avaler,
    j'arrive plus à avaler, arrive plus à avaler, œdème de Quincke, réaction allergique grave, réaction allergique
    sévère
  `),
  help: listed(`
    c'est une urgence, urgence vitale, une ambulance, appeler le 15, appeler le SAMU, appeler le 112
  `),
};
