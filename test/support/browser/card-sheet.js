/* Runs in the page: draws cards one below the other with `adaptivecards`, and looks at what came of it. */
const { AdaptiveCard, HostConfig } = globalThis.AdaptiveCards;

globalThis.drawCards = ({ cards, config }) => {
  const main = document.querySelector('main');
  for (const { name, content } of cards) {
    const heading = document.createElement('h2');
    heading.textContent = name;
    const place = document.createElement('div');
    place.className = 'card';
    place.dataset.name = name;
    const card = new AdaptiveCard();
    card.hostConfig = new HostConfig(config);
    card.parse(content);
    const element = card.render();
    if (element) place.append(element);
    main.append(heading, place);
  }
};

/** What was not drawn, sticks out of its card, or is a button without a name: one line each. */
globalThis.findFaults = () => {
  const faults = [];
  for (const card of document.querySelectorAll('.card')) {
    const { name } = card.dataset;
    if (card.childElementCount === 0) faults.push(`${name}: nothing was drawn`);
    const edge = card.getBoundingClientRect().right + 1;
    const wide = [...card.querySelectorAll('*')].find((one) => one.getBoundingClientRect().right > edge);
    if (wide) faults.push(`${name}: sticks out: ${wide.className} ${wide.textContent.slice(0, 60)}`);
    for (const button of card.querySelectorAll('button, [role=button]')) {
      const label = button.getAttribute('aria-label') || button.title || button.textContent;
      if (!label.trim()) faults.push(`${name}: has no name: ${button.outerHTML.slice(0, 100)}`);
    }
  }
  return faults;
};

/** Texts that stand in a column in which they are broken into syllables: one line each. */
globalThis.findSqueezedTexts = () =>
  [...document.querySelectorAll('.card')].flatMap((card) =>
    [...card.querySelectorAll('.ac-textBlock')]
      .filter((text) => text.textContent.length > 8 && text.getBoundingClientRect().width < 40)
      .map((text) => `${card.dataset.name}: ${text.textContent.slice(0, 60)}`),
  );

/**
 * Only the rules that are named, or all of them. What axe finds that is serious or worse, one line for each rule. The box to type in of a filtered list has no label in
 * this renderer, whatever the card says; clients other than Teams only draw it.
 * The rule that is left out is an experiment of axe's: it reads the texts of a row as one word.
 */
globalThis.checkAccessibility = async (only) => {
  const { violations } = await globalThis.axe.run(
    { exclude: ['.ac-choiceSetInput-filtered-textbox', '.ac-choiceSetInput-filtered'] },
    only.length > 0 ? { runOnly: only } : { rules: { 'label-content-name-mismatch': { enabled: false } } },
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.length} times, ${nodes[0].html.slice(0, 300)}`);
};
