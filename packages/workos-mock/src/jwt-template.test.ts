import { expect, test } from 'vitest';
import { checkTemplate, fillTemplate } from './jwt-template.ts';

const values = {
  user: {
    first_name: 'Ada "the" Countess',
    last_name: null,
    email_verified: true,
    metadata: { language: 'en\n' },
  },
  organization: { name: 'Acme', metadata: {}, domains: [{ domain: 'acme.test' }] },
};

test.for([
  ['{ "name": "{{ user.first_name }}" }', { name: 'Ada "the" Countess' }],
  ['{ "name": {{ user.first_name }} }', { name: 'Ada "the" Countess' }],
  [
    '{ "both": "{{ user.first_name }} {{user.last_name || \'Unknown\'}}!" }',
    { both: 'Ada "the" Countess Unknown!' },
  ],
  // In a string it is text, outside of one it keeps its type.
  [
    '{ "text": "{{ user.email_verified }}", "value": {{ user.email_verified }} }',
    { text: 'true', value: true },
  ],
  ['{ "tier": "{{ organization.metadata.tier || \'bronze\' }}" }', { tier: 'bronze' }],
  ['{ "cost": {{ user.metadata.nothing || user.last_name || "default" }} }', { cost: 'default' }],
  ['{ "domain": "{{ organization.domains.0.domain }}" }', { domain: 'acme.test' }],
  [
    '{ "all": {{ user.metadata }}, "list": [{{ organization.name }}, 1] }',
    { all: { language: 'en\n' }, list: ['Acme', 1] },
  ],
  [
    '{ "missing": {{ user.metadata.nothing }}, "nor": "{{ user.last_name }}", "plain": "x" }',
    { plain: 'x' },
  ],
  ['{ "an \\"escape\\" { } {": "}} \\\\" }', { 'an "escape" { } {': '}} \\' }],
  [
    '{ "own": {{ user.constructor || user.toString.name || "nothing of an object" }} }',
    { own: 'nothing of an object' },
  ],
] as const)('%s', ([template, claims]) => {
  expect(fillTemplate(template, values)).toEqual(claims);
});

test.for([
  ['not JSON', 'it is not JSON'],
  ['[]', 'it is not a JSON object'],
  ['{ "a": "{{ user.email', 'it is not JSON'],
  ['{ "a": {{ }} }', '{{ }} cannot be read'],
  ['{ "a": "{{ user.email | upcase }}" }', 'cannot be read'],
  ['{ "a": {{ user.email || }} }', 'cannot be read'],
  ['{ "a": "{{ user.metadata }}" }', 'an object or a list stands inside of a string'],
])('%s is refused', ([template = '', message]) => {
  expect(() => checkTemplate(template)).toThrow(message);
});
