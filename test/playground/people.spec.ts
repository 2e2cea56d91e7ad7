import assert from 'node:assert/strict';
import { playgroundStaff } from '../../src/config/development.ts';
import { config, configFor, findPerson, people } from './people.ts';

describe('the people of the Playground', () => {
  it('are one current user and the five others that the Playground wants, all different', () => {
    assert.equal(people.length, 6);
    assert.equal(new Set(people.map(({ id }) => id)).size, 6);
    assert.equal(new Set(people.map(({ aadObjectId }) => aadObjectId)).size, 6);
  });

  it('begin with the one whom the bot takes for an admin agent in development', () => {
    assert.equal(people[0]?.aadObjectId, playgroundStaff.adminAgents);
  });

  it('can be found by a part of the name, if that names only one', () => {
    assert.equal(findPerson('hannah').name, 'Hannah Weber');
    assert.throws(() => findPerson('a'), /more than one/);
    assert.throws(() => findPerson('nobody'), /There are Ada Nowak, /);
  });

  it('can change places, each in a personal chat of their own', () => {
    const changed = configFor(findPerson('hannah'));

    const [current = '', others = ''] = changed.split('users:');
    assert.match(current, /name: Hannah Weber\n {2}userPrincipleName: hannah\.weber@/);
    assert.match(others, /name: Ada Nowak\n {4}userPrincipleName: ada\.nowak@/);
    assert.match(changed, /personalChat:\n {2}id: a:hannah-weber\n/);
    assert.equal(changed.split('\n').length, config.split('\n').length);
  });
});
