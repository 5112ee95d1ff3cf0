/**
 * Diseases, methods and products of two words that both are names of people or look so: the first word, and what may
 * follow it. Nobody is meant where nothing announces a person.
 */
export const namesakes: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  `kaplan meier; kubler ross; monro kellie; child pugh; lowenstein jensen; fitz hugh; hong kong; vaughan williams; grey turner; mann whitney; kruskal wallis; bland altman; hosmer lemeshow; kolmogorov smirnov; shapiro wilk; pearson correlation
   bradford hill; frank starling; henry law; boyle law; poiseuille law; hardy weinberg; michaelis menten
   loeys dietz; lennox gastaut; paul bunnell; silverman andersen; bush francis; montgomery asberg; simpson angus; yale brown
   landau kleffner; rubinstein taybi; smith lemli,magenis; cornelia lange; pierre robin; russell silver; kearns sayre
   bannayan riley; birt hogg; henoch schonlein; churg strauss; dandy walker; brown sequard,vialetto; laurence moon; bardet biedl
   stevens johnson; sturge weber; klippel trenaunay,feil; louis bar; cronkhite canada; plummer vinson; wiskott aldrich
   reed sternberg; dubin johnson; crigler najjar; lesch nyhan; sandhoff disease; hand schuller; letterer siwe; hallervorden spatz
   erdheim chester; rosai dorfman; castleman disease; sezary syndrome; langer giedion; walker warburg,murdoch; emery dreifuss
   miller fisher; foster kennedy; ramsay hunt; mary joseph; argyll robertson; adie pupil; austin flint; graham steell,patch
   ivor lewis; denis browne; robert jones; rutherford morrison,morison; lloyd davies; judet letournel; nelson syndrome
   ross procedure,river,operation; david procedure,operation; blake drain,drains; todd paralysis,paresis; hampton hump; marshall marchetti
   murray valley; lawton brody; bruce treadmill; alexander technique; thomas splint,heel
   vincent angina; oliver sign; stewart treves,hamilton; gilles tourette; wallace rule; ryle tube; cooper ligament,ligaments
   lund browder; hunt hess; gustilo anderson; bloom richardson; martin hopkins; scarff bloom; durie salmon; harris benedict
  leigh syndrome; carney complex,triad; roger disease
   preparation h; retin a; z pak; neo synephrine; harvey bradshaw; spetzler martin; kelly clamp,clamps; cameron erosions,lesions,ulcers; miami j; pred forte; rob roy; gail model; lille model; hunt hess; roche cobas; drager evita; md anderson; philips intellivue; puritan bennett; smith nephew; becton dickinson; bristol myers; eli lilly; merck sharp; tyrer cuzick; katz adl,index; barthel index; edmonton symptom; lawson tait; truelove witts; ferriman gallwey; salter harris; gustilo anderson; lauge hansen; kellgren lawrence; ficat arlet; durie salmon; osserman grading; michigan neuropathy; cormack lehane; roos effler; mason likar; watson schwartz; boston bowel; minnesota tube,living; ottawa ankle,knee,bowel; ms contin,contins`
    .split(/[;\n]/)
    .map((entry): [string, ReadonlySet<string>] => {
      const [first = '', next = ''] = entry.trim().split(' ');
      return [first, new Set(next.split(','))];
    }),
);
