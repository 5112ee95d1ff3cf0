import { type EmergencyPhrases, listed } from './listed.ts';

/** With the commonest misspellings. */
export const english: EmergencyPhrases = {
  heart: listed(`
    chest pain, chest pains, pain in my chest, my chest hurts, chest is hurting, chest pressure, pressure in my
    chest, pressure on my chest, chest tightness, tightness in my chest, tight chest, my chest is tight, my chest
    feels tight, crushing chest, heart attack, cardiac arrest, no pulse, chest hurts, chest really hurts, pain in
    chest, pain in the chest, pain in his chest, pain in her chest, chest is tight, chest feels tight, chest
    discomfort, pain down my left arm, left arm pain, heart stopped, heart atack, chest pian
  `),
  breathing: listed(`
    can't breathe, can't breath, cannot breathe, cannot breath, couldn't breathe, unable to breathe, trouble
    breathing, difficulty breathing, hard to breathe, struggling to breathe, gasping for air, gasping for breath,
    can't catch my breath, cannot catch my breath, not breathing, isn't breathing, stopped breathing, short of
    breath, shortness of breath, choking, suffocating, turning blue, lips are blue, blue lips, could not breathe,
    can barely breathe, can hardly breathe, difficult to breathe, problems breathing, barely breathing, asthma
    attack, inhaler is not working, inhaler isn't working, drowning, drowned
  `),
  life: listed(`
    suicide, suicidal, kill myself, killing myself, kill himself, kill herself, kill themselves, want to die, wants
    to die, wanna die, wish i was dead, wish i were dead, better off dead, end my life, ending my life, end it all,
    take my own life, take my life, taking my own life, don't want to live, do not want to live, don't want to be
    alive, do not want to be alive, no reason to live, not worth living, hurt myself, hurting myself, harm myself,
    harming myself, self harm, cutting myself, hang myself, shoot myself, kill someone, kill somebody, going to kill
    me, end my own life, ending my own life, want to be dead, don't want to be here anymore, do not want to be here
    anymore, don't want to exist, don't want to wake up, do not want to wake up, no point in living, tired of
    living, can't go on, cannot go on, killing himself, killing herself, hurt himself, hurt herself, harm himself,
    harm herself, unalive, slit my wrists, cut my wrists, jump off a bridge, jump in front of a train, trying to
    kill me, wants to kill me, raped, going to die, am dying, I'm dying, is dying, sucide, suicde, suiside, sucidal,
    suicidle
  `),
  poisoning: listed(`
    overdose, overdosed, overdosing, took too many pills, took too many tablets, taken too many pills, taken too
    many tablets, took all my pills, took the whole bottle, poisoned, drank bleach, swallowed bleach, drank
    antifreeze, swallowed a battery, too many pills, too many tablets, all of my pills, whole bottle of pills, took
    too much, taken too much, too much insulin, drank poison, poisoning, carbon monoxide, swallowed a magnet, snake
    bite, bitten by a snake
  `),
  stroke: listed(`
    having a stroke, had a stroke, is it a stroke, think it is a stroke, signs of a stroke, stroke symptoms,
    symptoms of a stroke, face drooping, face is drooping, face droops, drooping face, facial droop, mouth is
    drooping, slurred speech, speech is slurred, slurring my words, slurring words, can't speak, cannot speak, can't
    move my arm, can't move my leg, cannot move my arm, cannot move my leg, can't lift my arm, can't feel my arm,
    can't feel my leg, can't feel one side, can't move one side, weak on one side, numb on one side, sudden
    weakness, sudden numbness, suddenly weak, suddenly numb, sudden confusion, suddenly confused, suddenly can't
    see, suddenly blind, worst headache of my life, face is numb, one side of my face, can't talk, cannot talk,
    can't move, thunderclap headache, worst headache, sudden headache, sudden severe headache, lost my vision,
    sudden loss of vision
  `),
  consciousness: listed(`
    unconscious, unresponsive, not responding, lost consciousness, losing consciousness, passed out, passing out,
    collapsed, won't wake up, will not wake up, can't wake, cannot wake, doesn't wake up, having a seizure, having
    seizures, seizure won't stop, fainted, blacked out, having a fit, convulsing, convulsions, is seizing
  `),
  bleeding: listed(`
    severe bleeding, bleeding severely, heavy bleeding, bleeding heavily, bleeding a lot, bleeding badly, bleeding
    to death, bleeding won't stop, bleeding will not stop, bleeding doesn't stop, won't stop bleeding, can't stop
    the bleeding, can't stop bleeding, cannot stop the bleeding, coughing up blood, coughing blood, vomiting blood,
    throwing up blood, puking blood, bleeding out, lots of blood, a lot of blood, coughed up blood, vomited blood,
    threw up blood, hemorrhage, haemorrhage, pregnant and bleeding, bleeding while pregnant
  `),
  allergy: listed(`
    anaphylaxis, anaphylactic, throat closing, throat is closing, throat's closing, throat closing up, throat is
    swelling, throat swelling, my throat is tight, tongue is swelling, tongue swelling, swollen tongue, can't
    swallow, cannot swallow, used my epipen, throat is tight, throat feels tight, face is swelling, lips are
    swelling, lips swelling, having an allergic reaction, severe allergic reaction
  `),
  birth: listed(`
    baby is not moving, baby isn't moving, baby stopped moving, baby is blue, water broke, in labor, in labour
  `),
  injury: listed(`
    hit by a car, car accident, been shot, been stabbed, got stabbed, gunshot, electrocuted, badly burned, severe
    burn, head injury, broke my neck
  `),
  help: listed(`
    medical emergency, this is an emergency, it is an emergency, it's an emergency, need an ambulance, call an
    ambulance, call 911, call 112, call 999
  `),
};
