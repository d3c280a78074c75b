import { type Html, html } from './html.ts';

const STATES = ['accepted', 'running', 'successful', 'failed', 'dismissed'] as const;

/** The filters of the job list that a person uses most. */
export function jobSearchForm(baseUrl: string, query: URLSearchParams): Html {
  const status = query.get('status');
  const field = (name: string, label: string, hint: string): Html =>
    html`<label>${label} <input name="${name}" value="${query.get(name) ?? ''}" placeholder="${hint}"></label> `;
  const states = STATES.map(
    (state) => html`<option${state === status ? html` selected` : undefined}>${state}</option>`,
  );
  return html`<form action="${baseUrl}/jobs">
<label>status <select name="status"><option value="">any</option>${states}</select></label>
${field('label', 'label', 're-processing-3')}${field('processID', 'process', 'l1b-cwl:develop')}${field('q', 'words', 'calibrate AND exit-code:>0')}
<button>Find</button>
</form>`;
}
