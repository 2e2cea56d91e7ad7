// Loaded before everything else (`node --require`), in a language that every Node understands: an old one cannot read
// TypeScript, and would show a stack that tells nobody what to do.
const { engines } = require('../package.json');

const [, neededMajor, neededMinor] = /(\d+)\.(\d+)/.exec(engines.node).map(Number);

/** What is wrong with this Node, or nothing. `readsTypeScript`: its `process.features.typescript`. */
function nodeProblem(version, readsTypeScript) {
  const [major, minor] = version.split('.').map(Number);
  const isNewEnough = major > neededMajor || (major === neededMajor && minor >= neededMinor);
  if (isNewEnough && readsTypeScript) return undefined;
  return (
    `Software Desk needs Node.js 24 (or at least ${neededMajor}.${neededMinor}), but this is Node.js ${version}: ` +
    'install version 24 from https://nodejs.org, or run "npm ci" without "--omit=dev", which brings it along.'
  );
}

const problem = nodeProblem(process.versions.node, process.features.typescript);
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}

module.exports = { nodeProblem };
