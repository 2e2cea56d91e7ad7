/** Leaves out the test or, in a `before`, all tests of its suite, and says why in their titles. */
export function skip(context: Mocha.Context, why: string): never {
  const { test, currentTest } = context;
  const runnable = test ?? currentTest;
  if (runnable) {
    const left =
      'type' in runnable && runnable.type === 'hook' && runnable.parent ? testsOf(runnable.parent) : [runnable];
    for (const one of left) one.title += ` (left out: ${why})`;
  }
  return context.skip();
}

function testsOf({ tests, suites }: Mocha.Suite): readonly Mocha.Runnable[] {
  return [...tests, ...suites.flatMap(testsOf)];
}
