import { describe, expect, it } from 'vitest';
import { draftSubject } from '../../../shared/contract/drafts.ts';
import { nameOfDraft, routeOfDraft } from './drafts.ts';

const ID = 'K7M2-9QXA-4D1F';

describe('a draft in the overview', () => {
  it.each([
    ['organisation', null, { screen: 'settings' }],
    ['printers', null, { screen: 'settings' }],
    ['incoming:open', null, { screen: 'register' }],
    ['inventory:protected', null, { screen: 'register' }],
    ['list:protected', null, { screen: 'register' }],
    ['medium:open', null, { screen: 'register' }],
    ['medium:8F3K/destroyed', null, { screen: 'register' }],
    ['words:protected/12', null, { screen: 'register' }],
    ['move:8F3K/hand-out', null, { screen: 'register' }],
    ['pack:key/AB12', null, { screen: 'rules' }],
    [`numbers:${ID}:0b7d/1-rek`, ID, { screen: 'incident' }],
    [`lower:${ID}:fact/system`, ID, { screen: 'incident' }],
    [`sheet:${ID}:imy-anmalan/imy-portal`, ID, { screen: 'incident' }],
    [`reading:${ID}:${'0b7d'.repeat(16)}`, ID, { screen: 'incident' }],
    // From before a draft was of one file.
    [`reading:${ID}`, ID, { screen: 'incident' }],
    [`rules:${ID}`, ID, { screen: 'incident' }],
    [`print:${ID}:imy-anmalan/sekretess`, ID, { screen: 'report', form: 'imy-anmalan' }],
    ['clock', null, { screen: 'overview' }],
    ['new-incident', null, { screen: 'new-incident' }],
    [`compare:${'A'.repeat(40)}`, null, { screen: 'keys' }],
    ['address:cert-se/post', null, { screen: 'keys' }],
    ['bind:cert-se/epost', null, { screen: 'keys' }],
    [`step:${ID}:GDPR/anmalan/done`, ID, { screen: 'incident', draft: `step:${ID}:GDPR/anmalan/done` }],
    [`event:${ID}:0b7d/sent`, ID, { screen: 'incident' }],
    [
      `way:${ID}:imy-anmalan/limited/email`,
      ID,
      {
        screen: 'dispatch',
        form: 'imy-anmalan',
        version: 'limited',
        draft: `way:${ID}:imy-anmalan/limited/email`,
      },
    ],
    [`call:${ID}`, ID, { screen: 'call' }],
    [`answer:${ID}:imy-anmalan/dso`, ID, { screen: 'report', form: 'imy-anmalan' }],
  ])(
    '%s is one that the core takes, has a name, and is gone on with where it was',
    (subject, incident, route) => {
      expect(draftSubject.safeParse(subject).success).toBe(true);
      expect(nameOfDraft({ subject, incident })).not.toBe(subject.split(':')[0]);
      expect(routeOfDraft({ subject, incident })).toMatchObject(route);
    },
  );
});
