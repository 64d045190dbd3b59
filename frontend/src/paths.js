// The only place that knows what an address looks like.
import { encode } from './lib/query.js';

/** @type {import('./lib/query.js').Spec} The filters of the register, as pages, links and API name them. */
export const filterSpec = {
  q: 'text',
  status: 'list',
  document: 'text',
  clause: 'text',
  unit: 'text',
  owner: 'text',
  risk_min: 'int',
  risk_max: 'int',
  cause: 'text',
  expires_from: 'day',
  expires_to: 'day',
  undocumented: 'text',
};
/** @type {import('./lib/query.js').Spec} */
export const registerSpec = { ...filterSpec, sort: 'text', limit: 'int', cursor: 'text' };
/** @type {import('./lib/query.js').Spec} */
export const auditSpec = {
  actor: 'text',
  action: 'text',
  object: 'text',
  result: 'text',
  from: 'day',
  to: 'day',
  cursor: 'text',
};
/** @type {import('./lib/query.js').Spec} */
export const queueSpec = { selected: 'text', sort: 'text' };
/** @type {import('./lib/query.js').Spec} */
export const dashboardSpec = { unit: 'text', document: 'text' };

/** @type {import('./lib/query.js').Spec} */
const overlapSpec = { exception: 'text', document: 'text', clauses: 'text', asset: 'int', unit: 'text' };

const part = encodeURIComponent;

/** Pages. */
export const to = {
  home: () => '/',
  /** @param {Record<string, any>} [values] */
  register: (values = {}) => `/register${encode(registerSpec, values)}`,
  /** @param {string} number */
  exception: number => `/exceptions/${part(number)}`,
  /** @param {string} number @param {string} letter its number */
  letter: (number, letter) => `/exceptions/${part(number)}/letters/${part(letter)}`,
  /** @param {string} number what was imported is completed here */
  documentation: number => `/exceptions/${part(number)}/documentation`,
  violations: () => '/violations',
  reportViolation: () => '/violations/new',
  /** @param {string} number */
  violation: number => `/violations/${part(number)}`,
  /** @param {string} number where a notice leads to */
  notice: number => (number.startsWith('V-') ? to.violation(number) : to.exception(number)),
  newRequest: () => '/requests/new',
  /** @param {string} number */
  request: number => `/requests/${part(number)}`,
  /** @param {string} number @param {string} task @param {'check'} [from] where Save leads back to */
  task: (number, task, from) => `/requests/${part(number)}/tasks/${part(task)}${from ? `?from=${from}` : ''}`,
  /** @param {string} number */
  check: number => `/requests/${part(number)}/check`,
  /** @param {string} number */
  sent: number => `/requests/${part(number)}/sent`,
  /** @param {Record<string, any>} [values] */
  queue: (values = {}) => `/queue${encode(queueSpec, values)}`,
  /** @param {Record<string, any>} [values] */
  dashboard: (values = {}) => `/dashboard${encode(dashboardSpec, values)}`,
  questions: () => '/questions',
  groups: () => '/admin/groups',
  addGroup: () => '/admin/groups/add',
  testPerson: () => '/admin/people',
  documents: () => '/admin/documents',
  addDocument: () => '/admin/documents/new',
  /** @param {string} key */
  adminDocument: key => `/admin/documents/${part(key)}`,
  procedures: () => '/admin/procedures',
  /** @param {string} key */
  adminProcedure: key => `/admin/procedures/${part(key)}`,
  /** @param {string} key @param {number} [version] */
  procedure: (key, version) => `/procedures/${part(key)}${version ? `?version=${version}` : ''}`,
  designations: () => '/admin/designations',
  addDesignation: () => '/admin/designations/add',
  addDelegation: () => '/admin/delegations/add',
  delegations: () => '/delegations',
  /** @param {Record<string, any>} [values] */
  audit: (values = {}) => `/audit${encode(auditSpec, values)}`,
};

/** Addresses of the API, without its base. */
export const api = {
  /** @param {Record<string, any>} values */
  register: values => `/exceptions${encode(registerSpec, values)}`,
  /** @param {Record<string, any>} values */
  count: values => `/exceptions/count${encode(filterSpec, values)}`,
  /** @param {Record<string, any>} values */
  csv: values => `/exports/register.csv${encode({ ...filterSpec, sort: 'text' }, values)}`,
  /** @param {string} number */
  exception: number => `/exceptions/${part(number)}`,
  /** @param {string} number */
  documentation: number => `/exceptions/${part(number)}/documentation`,
  /** @param {Record<string, any>} [values] */
  violations: (values = {}) => `/violations${encode({ mine: 'text', cursor: 'text' }, values)}`,
  /** @param {string} number */
  violation: number => `/violations/${part(number)}`,
  /** @param {string} number @param {string} [cursor] */
  history: (number, cursor) =>
    `/exceptions/${part(number)}/history${cursor ? `?cursor=${part(cursor)}` : ''}`,
  /** @param {string} number */
  attachments: number => `/exceptions/${part(number)}/attachments`,
  /** @param {string} number @param {string} [cursor] */
  comments: (number, cursor) =>
    `/exceptions/${part(number)}/comments${cursor ? `?cursor=${part(cursor)}` : ''}`,
  /** @param {string} number @param {number} id */
  comment: (number, id) => `/exceptions/${part(number)}/comments/${id}`,
  /** @param {string} number */
  stakeholders: number => `/exceptions/${part(number)}/stakeholders`,
  /** @param {string} number @param {string} uid */
  stakeholder: (number, uid) => `/exceptions/${part(number)}/stakeholders/${part(uid)}`,
  /** @param {string} number */
  acknowledgement: number => `/exceptions/${part(number)}/acknowledgement`,
  /** @param {string} number */
  watch: number => `/exceptions/${part(number)}/watch`,
  /** @param {Record<string, any>} [values] */
  questions: (values = {}) => `/questions${encode({ limit: 'int', cursor: 'text' }, values)}`,
  /** @param {number} id */
  answer: id => `/questions/${id}/answer`,
  /** @param {string} number */
  precedents: number => `/exceptions/${part(number)}/precedents`,
  /** @param {Record<string, any>} values */
  overlaps: values => `/overlaps${encode(overlapSpec, values)}`,
  /** @param {string} key @param {number} [version] of a request; the one in force without */
  procedure: (key, version) => `/procedures/${part(key)}${version ? `?version=${version}` : ''}`,
  /** @param {string} key */
  procedureVersions: key => `/procedures/${part(key)}/versions`,
  /** @param {string} key @param {number | string} version */
  procedureVersion: (key, version) => `/procedures/${part(key)}/versions/${version}`,
  /** @param {Record<string, any>} values */
  documentRecords: values =>
    `/document-records?${new URLSearchParams(Object.entries(values).filter(([, value]) => value))}`,
  /** @param {string} key */
  documentRecord: key => `/document-records/${part(key)}`,
  /** @param {string} key */
  document: key => `/documents/${part(key)}`,
  /** @param {string} name @param {Record<string, any>} values */
  search: (name, values) => `/${name}?${new URLSearchParams(values)}`,
  /** @param {Record<string, any>} values */
  queue: values => `/queue${encode({ sort: 'text', limit: 'int', cursor: 'text' }, values)}`,
  /** @param {Record<string, any>} values */
  dashboard: values => `/dashboard${encode(dashboardSpec, values)}`,
  /** @param {Record<string, any>} values */
  audit: values => `/audit-events${encode(auditSpec, values)}`,
  /** @param {'designations' | 'delegations'} what @param {string} [cursor] */
  pastActs: (what, cursor) => `/${what}?past=true${cursor ? `&cursor=${part(cursor)}` : ''}`,
  /** @param {string} uid */
  access: uid => `/people/${part(uid)}/access`,
};
