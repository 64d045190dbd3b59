// The route table: path, name for help and navigation, who may, and the code of the page.
import { isAny, may } from './lib/session.js';

const readers = () =>
  may('dashboard') || isAny('approver', 'document_owner', 'administrator', 'auditor', 'leader');

/** The pages of a request that is written come together: on the way from one to the next no network is needed. @param {'RequestForm' | 'TaskPage' | 'CheckAnswers'} page */
const request = page => () => import('./pages/request/pages.js').then(pages => ({ default: pages[page] }));

/** @type {(import('./lib/route.js').Route & {name: string, need?: string})[]} */
export const routes = [
  { path: '/', name: 'home', title: 'nav.home', load: () => import('./pages/home.jsx') },
  {
    path: '/register',
    name: 'register',
    title: 'nav.register',
    load: () => import('./pages/register/register.jsx'),
  },
  {
    path: '/exceptions/:number',
    name: 'exception',
    title: 'nav.register',
    load: () => import('./pages/exception/exception.jsx'),
  },
  {
    path: '/exceptions/:number/letters/:letter',
    name: 'exception',
    title: 'nav.register',
    load: () => import('./pages/exception/letter.jsx'),
  },
  {
    path: '/exceptions/:number/documentation',
    name: 'documentation',
    title: 'nav.register',
    load: () => import('./pages/exception/documentation.jsx'),
  },
  {
    path: '/violations',
    name: 'violations',
    title: 'violations.title',
    load: () => import('./pages/violations/violations.jsx'),
  },
  {
    path: '/violations/new',
    name: 'violations',
    title: 'violations.title',
    load: () => import('./pages/violations/report.jsx'),
  },
  {
    path: '/violations/:number',
    name: 'violations',
    title: 'violations.title',
    load: () => import('./pages/violations/violation.jsx'),
  },
  {
    path: '/requests/new',
    name: 'request',
    title: 'nav.home',
    load: () => import('./pages/request/new.jsx'),
  },
  {
    path: '/requests/:number',
    name: 'request',
    title: 'nav.home',
    load: request('RequestForm'),
  },
  {
    path: '/requests/:number/tasks/:task',
    name: 'request',
    title: 'nav.home',
    load: request('TaskPage'),
  },
  {
    path: '/requests/:number/check',
    name: 'request',
    title: 'nav.home',
    load: request('CheckAnswers'),
  },
  {
    path: '/requests/:number/sent',
    name: 'request',
    title: 'nav.home',
    load: () => import('./pages/request/done.jsx'),
  },
  {
    path: '/queue',
    name: 'queue',
    title: 'nav.queue',
    need: 'approver',
    allow: () => may('decide') || isAny('approver'),
    load: () => import('./pages/queue/queue.jsx'),
  },
  {
    path: '/questions',
    name: 'questions',
    title: 'questions.title',
    need: 'approver',
    allow: () => may('decide') || isAny('approver'),
    load: () => import('./pages/questions.jsx'),
  },
  {
    path: '/dashboard',
    name: 'dashboard',
    title: 'nav.dashboard',
    need: 'leader',
    allow: readers,
    load: () => import('./pages/dashboard/dashboard.jsx'),
  },
  {
    path: '/admin/groups',
    name: 'groups',
    title: 'nav.groups',
    need: 'administrator',
    allow: () => may('admin') || isAny('administrator'),
    load: () => import('./pages/admin/groups.jsx'),
  },
  {
    path: '/admin/groups/add',
    name: 'groups',
    title: 'nav.groups',
    need: 'administrator',
    allow: () => may('admin') || isAny('administrator'),
    load: () => import('./pages/admin/group-add.jsx'),
  },
  {
    path: '/admin/people',
    name: 'groups',
    title: 'nav.groups',
    need: 'administrator',
    allow: () => may('admin') || isAny('administrator'),
    load: () => import('./pages/admin/group-test.jsx'),
  },
  {
    path: '/admin/designations',
    name: 'designations',
    title: 'nav.groups',
    need: 'administrator',
    allow: () => may('admin') || isAny('administrator'),
    load: () => import('./pages/admin/designations.jsx'),
  },
  {
    path: '/admin/designations/add',
    name: 'designations',
    title: 'nav.groups',
    need: 'administrator',
    allow: () => may('admin') || isAny('administrator'),
    load: () => import('./pages/admin/designation-add.jsx'),
  },
  {
    path: '/admin/delegations/add',
    name: 'designations',
    title: 'nav.groups',
    need: 'administrator',
    allow: () => may('admin') || isAny('administrator'),
    load: () => import('./pages/admin/delegation-add.jsx'),
  },
  {
    path: '/delegations',
    name: 'delegations',
    title: 'user.delegations',
    load: () => import('./pages/delegations/delegations.jsx'),
  },
  ...[
    ['documents', '/admin/documents', () => import('./pages/admin/documents.jsx')],
    ['documents', '/admin/documents/new', () => import('./pages/admin/document-add.jsx')],
    ['documents', '/admin/documents/:key', () => import('./pages/admin/document.jsx')],
    ['procedures', '/admin/procedures', () => import('./pages/admin/procedures.jsx')],
    ['procedures', '/admin/procedures/:key', () => import('./pages/admin/procedure.jsx')],
  ].map(([name, path, load]) => ({
    path: /** @type {string} */ (path),
    name: /** @type {string} */ (name),
    title: 'nav.groups',
    need: 'administrator',
    allow: () => may('admin') || isAny('administrator'),
    load: /** @type {() => Promise<any>} */ (load),
  })),
  {
    path: '/procedures/:key',
    name: 'procedure',
    title: 'nav.home',
    load: () => import('./pages/procedure/procedure.jsx'),
  },
  {
    path: '/audit',
    name: 'audit',
    title: 'nav.audit',
    need: 'auditor',
    allow: () => may('audit_read') || isAny('auditor', 'administrator'),
    load: () => import('./pages/audit/log.jsx'),
  },
];

/** What the top bar offers this person. */
export const navigation = () =>
  ['/', '/register', '/queue', '/dashboard', '/admin/groups', '/audit']
    .map(path => /** @type {typeof routes[number]} */ (routes.find(route => route.path === path)))
    .filter(route => route.allow?.() ?? true);
