const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/**
 * Words of one meaning, which phrases name by `@`: English, Spanish, French, German; small letters without accents, and
 * commands in the forms in which somebody is told to do something.
 */
export const wordLists = {
  drop: words(`
    ignore disregard forget override bypass abandon discard drop neglect disobey
    ignora ignore ignorad olvida olvide olvidad olviden descarta descarte desobedece omite
    ignorez oublie oubliez oublies negligez
    ignoriere ignorieren ignorier vergiss vergessen missachte missachten verwirf`),
  earlier: words(`
    previous prior preceding above earlier former foregoing past existing original initial
    anterior anteriores previa previas previo previos arriba
    precedente precedentes precedents anterieures anterieurs dessus
    vorherige vorherigen vorige vorigen bisherige bisherigen obige obigen vorangegangenen vorangehenden fruheren`),
  all: words(`
    all any every each everything entire whole anything
    todo toda todos todas cualquier tout toute tous toutes alle alles allen samtliche jede`),
  orders: words(`
    instruction instructions prompt prompts directive directives guideline guidelines rule rules programming
    safeguard safeguards guardrail guardrails command commands assignments restrictions tasks constraints
    instruccion instrucciones indicaciones directrices reglas ordenes
    consigne consignes directive directives regles ordres
    anweisung anweisungen instruktion instruktionen befehl befehle regeln vorgaben aufgaben auftrage`),
  /** Small words, and what the words of a model may be called. */
  small: words(`
    of the your my our these those this that and or to you were given was from me us other such please a an s
    system developer model ai assistant internal default hidden safety current set next following
    las los la el lo tus sus mis tu su de del que se le te y o favor me
    les le l tes vos mes ta votre des du d qui et ou ci moi
    die der das den dem deine deinen deiner ihre ihren ihrer meine und oder sie bitte mir mal nun`),
  /** Behind instructions: whose these are. Those of a pharmacy, or in a letter, are not those of a model. */
  source: words(
    'in inside within from contained embedded appearing appear found regarding about concerning by',
  ),
  reveal: words(`
    reveal show print repeat output display tell give share leak expose recite write dump list return quote
    disclose spell summarize summarise paste echo say
    revela muestra muestrame imprime repite escribe dime
    revele montre affiche imprime repete ecris revelez montrez affichez repetez
    zeige zeig verrate wiederhole nenne drucke schreibe gib`),
  secret: words(`
    system hidden secret initial original full entire complete internal underlying exact verbatim developer
    sistema oculto inicial systeme cache initiale systemprompt systemnachricht versteckten vollstandigen gesamten`),
  edit: words(`
    add include append insert integrate incorporate embed put mention modify change alter rewrite augment enhance enrich
    extend replace substitute swap convert encode encrypt cipher translate render express write provide give present
    reverse invert scramble jumble shuffle rearrange anagram group remove strip combine misspell introduce use apply
    shift start begin end finish preface prefix conclude format limit restrict display phrase make return suggest
    tease state recommend promote advertise hide obfuscate deliver answer respond reply slip weave work supplement
    agrega agregue incluye incluya anade anada escribe escriba termina termine empieza traduce menciona
    ajoute ajoutez inclus incluez termine terminez commence commencez ecris ecrivez traduis traduisez mentionne
    fuge schreibe schreib beende beginne ubersetze erwahne erganze baue verschlussle`),
  answer: words(`
    response responses answer answers reply replies output outputs message
    respuesta respuestas contestacion reponse reponses antwort antworten ausgabe`),
  model: words('ai llm llms chatbot chatbots chatgpt gpt gpts copilot assistant assistants bot bots'),
  send: words(`
    send post upload forward transmit submit exfiltrate leak deliver pipe
    envia envie manda sube envoie envoyez transmets telecharge sende senden schicke ubermittle`),
  codes: words(`
    base64 base32 base16 base58 base85 hex hexadecimal rot13 morse cipher ciphertext caesar leetspeak
    chiffre cifrado verschlusselt`),
} as const satisfies Readonly<Record<string, ReadonlySet<string>>>;

export type WordList = keyof typeof wordLists;
