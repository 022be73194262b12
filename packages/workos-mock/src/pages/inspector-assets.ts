/** The stylesheet of the inspector. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#17171f, #f2f2f7); --muted: light-dark(#5c5f6e, #a9acba);
  --line: light-dark(#dcdde5, #383a46); --paper: light-dark(#ffffff, #1c1d24);
  --ground: light-dark(#f4f4f8, #121318); --accent: light-dark(#5548d9, #a49bff);
  --bad: light-dark(#b3261e, #ff9d94);
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0 auto; max-width: 84rem; padding: 1.5rem 1rem 4rem; background: var(--ground); color: var(--ink); font: .9375rem/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.5rem; }
h2 { margin: 0 0 .5rem; font-size: 1rem; }
header p, .muted, small { color: var(--muted); }
p { margin: 0 0 .5rem; }
dl { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: 0 0 .75rem; }
dl div { display: flex; gap: .5rem; }
dt { color: var(--muted); }
dd { margin: 0; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 0 0 1rem; padding: 0; list-style: none; }
main { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; align-items: start; }
section { padding: 1rem 1.25rem; background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; }
@media (min-width: 64rem) {
  main { grid-template-columns: repeat(6, minmax(0, 1fr)); }
  section { grid-column: span 6; height: 100%; }
  #people, #sessions, #inbox, #time, #settings { grid-column: span 3; }
  #inbox { grid-row: span 2; }
}
.scroll { position: relative; overflow: auto; max-height: 22rem; margin-bottom: .5rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .375rem .75rem .375rem 0; text-align: start; font-weight: 400; border-bottom: 1px solid var(--line); vertical-align: baseline; }
tbody tr:last-child > * { border-bottom: 0; }
th[scope=row] small { display: block; }
td:not(:has(pre)) code { white-space: nowrap; }
thead th { color: var(--muted); font-size: .8125rem; position: sticky; top: 0; z-index: 1; background: var(--paper); }
@media (max-width: 40rem) {
  thead { display: none; }
  tbody tr { display: flex; flex-wrap: wrap; gap: 0 .75rem; padding: .375rem 0; border-bottom: 1px solid var(--line); }
  tbody tr > * { padding: 0; border: 0; }
  th[scope=row] { width: 100%; }
  td:not(:has(pre)) code { white-space: normal; }
}
tr.bad td { color: var(--bad); }
tr.bad small { color: inherit; }
.actions { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin-bottom: .5rem; }
td.actions { display: table-cell; min-width: 11rem; }
td.actions > * { margin: 0 .5rem .25rem 0; }
ul { margin: 0 0 .5rem; padding: 0; list-style: none; }
li > span { min-width: 0; overflow-wrap: anywhere; }
button, select, input, a.button { font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .5rem; padding: .25rem .625rem; min-height: 2rem; max-width: 100%; }
a.button { position: relative; display: inline-block; text-decoration: none; }
select, input { background: var(--paper); }
input[type=number] { width: 4rem; }
button { position: relative; cursor: pointer; }
button:hover, a.button:hover { border-color: var(--accent); }
a { position: relative; color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
h2:focus { outline: none; }
summary { cursor: pointer; }
pre { overflow: auto; max-height: 24rem; font-size: .8125rem; }
code { font-size: .9em; overflow-wrap: anywhere; }
.code { font-size: 1.0625rem; letter-spacing: .08em; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
#status { position: fixed; inset: auto 1rem 1rem auto; margin: 0; padding: .5rem .75rem; background: var(--ink); color: var(--paper); border-radius: .5rem; }
#status:empty { padding: 0; }
`;

/** The script of the inspector: buttons call the control API, and the page follows what happens. */
export const SCRIPT = `
const status = document.getElementById('status');
let quiet;
function say(text) {
  status.textContent = text;
  clearTimeout(quiet);
  quiet = setTimeout(() => { status.textContent = ''; }, 6000);
}
async function call(operation, body) {
  const response = await fetch('/_mock/' + operation, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  const result = await response.json();
  say(!response.ok ? result.message : result.code ? 'The code is ' + result.code : 'Done.');
  await show();
}
document.addEventListener('click', async (event) => {
  const button = event.target.closest('button');
  if (button?.dataset.call) await call(button.dataset.call, JSON.parse(button.dataset.body));
  if (button?.dataset.copy) {
    await navigator.clipboard.writeText(await (await fetch(button.dataset.copy)).text());
    say('Copied.');
  }
});
document.addEventListener('submit', (event) => {
  if (event.target.id !== 'fault') return;
  event.preventDefault();
  const form = new FormData(event.target);
  void call('faults/add', {
    endpoint: form.get('endpoint'), effect: JSON.parse(form.get('effect')),
    scope: { times: Number(form.get('times')) },
  });
});
let timer;
function showSoon() {
  clearTimeout(timer);
  timer = setTimeout(show, 200);
}
async function show() {
  const text = await (await fetch('/')).text();
  // A button that is replaced between press and release is never clicked.
  if (document.querySelector('main :is(button, a, summary):active')) return showSoon();
  const fresh = new DOMParser().parseFromString(text, 'text/html');
  for (const section of fresh.querySelectorAll('main > section')) {
    const old = document.getElementById(section.id);
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    // What somebody reads, types in or tabs through stays as it is, unless they have just pressed a button of it.
    if (focused && !focused.matches('button')) continue;
    if (old.querySelector('details[open]')) continue;
    old.replaceWith(document.adoptNode(section));
    if (!focused) continue;
    const same = [...section.querySelectorAll('button')].find((button) =>
      button.textContent === focused.textContent);
    (same ?? section.querySelector('h2')).focus();
  }
}
new EventSource('/_mock/stream').addEventListener('change', showSoon);
`;
