/**
 * Everyday words that are common given names and that the lexicon lists only as words. They stay everyday words:
 * they count as a given name only beside another word of a name.
 */
export const ordinaryGivenNames: ReadonlySet<string> = new Set(
  `addison amber angel april archer art august austin autumn beau bentley bill bob brook brooklyn brooks carol
   carolina carter chandler charlotte chase chelsea cheyenne christian clark cliff clover colt cooper daisy dale
   dallas dawn dean destiny dixie dolly drake drew earl easter ebony faith fisher fletcher florence frank gene
   georgia glen grace grant grayson grey gunner guy harper hazel heath heather holly hope hunter iris jack jade
   jasmine jay jean jordan josh joy june justice kelly knox lark laurel lee levi lily london lucky mackenzie
   madison marina mark mason max may melody mercedes mercy merry miles misty myrtle nick olive opal paige paris
   parker pat patience pearl penny peyton piper porter potter quinn ray reed reese reuben rob robin rosemary
   rowan ruby ryder savannah sawyer scarlet scout sharon shelby skip skyler spencer sue summer sydney tanner
   teal tiger trinity vernon victor victory viola virginia wade wayne will willow wren xavier zion
   angela chance clay coral crystal dakota dolores dot fern finn flora garnet ginger glenn happy herb honey ivy jasper
   jewel joey lance liberty nova norm octavia pepper rich ridge robbie rose rusty sage sandy sierra sky star
   rain river storm sunny tawny charity violet basil wendy winter woody
   ocean bear wolf journey heaven poppy duke cash prince king precious charm birdie genesis lincoln ford
   forrest blaze cedar cruz dream fox gale glory halo hart haven
   axel bliss blossom bodhi boone briar bridger buck buddy bunny buster chip clementine constance cookie dusty ember everest
   fable fawn finch goldie hendrix hollis honor indigo jagger juniper koa lacey loyal lyric magnolia marigold marvel merit
   miracle nash oakley patsy petal pierce pilot poet primrose promise psalm ransom rebel reign rocco rocky rosebud royal
   royce shepherd shiloh soleil sonny sterling stetson stormy story sunshine teddy temperance tempest tuesday tulip verity
   vesper whisper wilder windy wynter
   hawk jett kit lennon love maverick meadow oak onyx raven alma candy deacon   saffron serenity sparrow wisdom brandy chastity diamond randy`.split(
    /\s+/,
  ),
);
