import { type EmergencyPhrases, listed } from './listed.ts';

/** Of Spain and of America. */
export const spanish: EmergencyPhrases = {
  heart: listed(`
    dolor de pecho, dolor en el pecho, dolor en mi pecho, me duele el pecho, me duele mucho el pecho, duele el
    pecho, opresión en el pecho, presión en el pecho, ataque al corazón, ataque cardiaco, infarto, paro cardiaco, no
    tiene pulso, sin pulso
  `),
  breathing: listed(`
    no puedo respirar, no puede respirar, no respira, no está respirando, dejó de respirar, me cuesta respirar, le
    cuesta respirar, dificultad para respirar, falta de aire, me falta el aire, me falta aire, le falta el aire, me
    ahogo, me estoy ahogando, se ahoga, se está ahogando, asfixia, me asfixio, se está poniendo azul, labios azules,
    labios morados, se atragantó
  `),
  life: listed(`
    suicidio, suicida, suicidar, suicidarme, suicidarse, matarme, me quiero matar, me voy a matar, quiero morir,
    quiero morirme, me quiero morir, quisiera morir, quisiera estar muerto, quisiera estar muerta, no quiero vivir,
    no quiero seguir viviendo, no vale la pena vivir, quitarme la vida, quitarse la vida, acabar con mi vida,
    terminar con mi vida, acabar con todo, hacerme daño, me quiero hacer daño, autolesión, autolesionarme, cortarme
    las venas, ahorcarme, pegarme un tiro, me va a matar, me quiere matar, me muero, me estoy muriendo, se está
    muriendo, voy a morir
  `),
  poisoning: listed(`
    sobredosis, demasiadas pastillas, demasiadas píldoras, me tomé todas las pastillas, se tomó todas las pastillas,
    todo el frasco de pastillas, envenenado, envenenada, envenenamiento, intoxicado, intoxicada, bebí lejía, bebió
    lejía, bebí cloro, bebió cloro, tomó cloro, se tragó una pila, monóxido de carbono
  `),
  stroke: listed(`
    derrame cerebral, ictus, infarto cerebral, ataque cerebral, accidente cerebrovascular, cara caída, cara torcida,
    boca torcida, no puedo hablar, no puede hablar, no puedo mover el brazo, no puedo mover la pierna, no puede
    mover el brazo, no puede mover la pierna, no siento el brazo, no siento la pierna, no siento un lado, debilidad
    repentina, entumecimiento repentino, de repente no veo, no puedo ver de repente, peor dolor de cabeza de mi
    vida, arrastra las palabras
  `),
  consciousness: listed(`
    inconsciente, perdió el conocimiento, perdí el conocimiento, perdió la conciencia, perdió la consciencia, se
    desmayó, me desmayé, me voy a desmayar, no responde, no reacciona, no se despierta, no despierta, convulsión,
    convulsiones, convulsionando, se desplomó
  `),
  bleeding: listed(`
    sangrado abundante, sangro mucho, sangra mucho, sangrando mucho, mucha sangre, no deja de sangrar, no para de
    sangrar, hemorragia, vomito sangre, vomita sangre, vomitando sangre, tos con sangre, toso sangre, escupo sangre,
    me desangro, se desangra
  `),
  allergy: listed(`
    anafilaxia, anafiláctico, anafiláctica, se me cierra la garganta, se le cierra la garganta, se me hincha la
    garganta, se me hincha la lengua, se le hincha la lengua, lengua hinchada, garganta hinchada, no puedo tragar,
    no puede tragar, reacción alérgica grave, reacción alérgica severa
  `),
  help: listed(`
    es una emergencia, emergencia médica, una ambulancia, llamar al 911, llame al 911, llamar al 112, llame al 112
  `),
};
