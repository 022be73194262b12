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
body { margin: 0 auto; max-width: 68rem; padding: 1.5rem 1rem 4rem; background: var(--ground); color: var(--ink); font: .9375rem/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.5rem; }
h2 { margin: 0 0 .5rem; font-size: 1rem; }
header p, .muted, small { color: var(--muted); }
section { margin-top: 1rem; padding: 1rem 1.25rem; background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; }
p { margin: 0 0 .5rem; }
.scroll { overflow-x: auto; max-height: 24rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .3rem .75rem .3rem 0; text-align: start; font-weight: 400; border-bottom: 1px solid var(--line); vertical-align: baseline; }
thead th { color: var(--muted); font-size: .8125rem; }
tr.bad td { color: var(--bad); }
.actions { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
td.actions { display: table-cell; }
td.actions > * { margin-inline-end: .75rem; }
button, select, input { font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .5rem; padding: .25rem .625rem; min-height: 2rem; max-width: 100%; }
select, input { background: var(--paper); }
input[type=number] { width: 4rem; }
button { cursor: pointer; }
button:hover { border-color: var(--accent); }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
pre { overflow: auto; max-height: 24rem; font-size: .8125rem; }
code { font-size: .9em; overflow-wrap: anywhere; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
#status { position: fixed; inset: auto 1rem 1rem auto; margin: 0; padding: .5rem .75rem; background: var(--ink); color: var(--paper); border-radius: .5rem; }
#status:empty { display: none; }
`;

/** The script of the inspector: buttons call the control API, and the page follows what happens. */
export const SCRIPT = `
const status = document.getElementById('status');
async function call(operation, body) {
  const response = await fetch('/_mock/' + operation, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  const result = await response.json();
  status.textContent = response.ok ? 'Done.' : result.message;
  setTimeout(() => { status.textContent = ''; }, 4000);
  await show();
}
document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-call]');
  if (button) void call(button.dataset.call, JSON.parse(button.dataset.body));
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
async function show() {
  const text = await (await fetch('/')).text();
  const fresh = new DOMParser().parseFromString(text, 'text/html');
  const live = document.getElementById('live');
  // A section that somebody is typing in or tabbing through stays as it is.
  for (const section of fresh.querySelectorAll('#live > section')) {
    const id = section.getAttribute('aria-labelledby');
    const old = live.querySelector('[aria-labelledby="' + id + '"]:is(section)');
    if (!old) live.append(section);
    else if (!old.contains(document.activeElement) || document.activeElement.matches('button[data-call]')) old.replaceWith(section);
  }
}
let timer;
new EventSource('/_mock/stream').addEventListener('change', () => {
  clearTimeout(timer);
  timer = setTimeout(show, 200);
});
`;
