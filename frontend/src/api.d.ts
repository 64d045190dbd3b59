declare module '*.css';

/** The wire types of /api/v1, as the pages use them. */
declare namespace Api {
  type Day = string; // YYYY-MM-DD
  type Instant = string; // RFC 3339

  interface Named {
    id: number;
    name: string;
  }
  interface UnitRef {
    code: string;
    name: string;
  }
  interface List<T> {
    items: T[];
    next_cursor: string | null;
  }

  interface Me {
    person: {
      id: number;
      uid: string;
      name: string;
      title: string | null;
      mail: string | null;
      unit: UnitRef | null;
    };
    classes: string[];
    roles: {
      role: string;
      title: string;
      class: string;
      unit: string | null;
      domain: string | null;
      document: string | null;
      group_name: string | null;
    }[];
    permissions: string[];
    queue_count: number;
    drafts_count: number;
    session: { expires_at: Instant; idle_expires_at: Instant };
    organisation: { name: string; zone: string; today: Day; notice_days: number };
  }

  interface Field {
    key: string;
    label: string;
    hint: string | null;
    required: boolean;
    kind: string;
    options?: { value: string; label: string; hint?: string }[];
  }
  interface Section {
    key: string;
    title: string;
    fields: Field[];
  }
  interface FindingKind {
    key: string;
    label: string;
    hint: string | null;
  }
  interface Stage {
    key: string;
    kind: string;
    title: string;
    role: string;
    role_title: string;
    findings: FindingKind[];
    what: string;
  }
  interface ProcedureSummary {
    key: string;
    version: number;
    number: string;
    title: string;
    type: string;
    domain: string;
    summary: string;
    layout: string;
    step_count: number;
  }
  interface Procedure extends ProcedureSummary {
    form: { sections: Section[] };
    stages: Stage[];
    term: { max_days: number | null };
    controls: { framework: string; reference: string; label: string; note: string | null }[];
    service_request_required: boolean;
    declaration: string;
  }

  interface Clause {
    ref: string;
    title: string;
    text: string;
  }
  interface DocumentSummary {
    key: string;
    title: string;
    kind: string;
    domain: string;
    version: string | number;
    clause_count: number;
    exceptions_allowed: boolean;
  }
  interface Document extends DocumentSummary {
    published_on: Day;
    owner: { name: string } | null;
    max_term_days: number | null;
    exception_note: string | null;
    clauses: Clause[];
    sla: { severity: string; days: number }[];
  }
  interface Asset {
    id: number;
    name: string;
    kind: string;
    criticality: string;
    owner: Named | null;
    unit: UnitRef | null;
    mine: boolean;
  }
  interface Unit {
    code: string;
    name: string;
    parent: string | null;
    depth: number;
  }

  interface Vulnerability {
    identifier?: string | null;
    title?: string | null;
    severity?: string | null;
    detected_on?: Day | null;
    source?: string | null;
  }
  interface Risk {
    description?: string | null;
    consequence?: string | null;
    likelihood?: number | null;
    impact?: number | null;
    likelihood_after?: number | null;
    impact_after?: number | null;
    confidentiality?: boolean;
    integrity?: boolean;
    availability?: boolean;
  }
  interface Control {
    description: string;
    state: string | null;
    owner: string | null;
  }
  interface Alternative {
    description: string;
    verdict: string | null;
    reason: string | null;
  }
  interface Content {
    // biome-ignore lint/suspicious/noExplicitAny: a field is read by its kind, which only the procedure knows
    [key: string]: any;
    title?: string | null;
    cause?: string | null;
    document?: string | null;
    clauses?: string[];
    asset_id?: number | null;
    unit?: string | null;
    units?: string[];
    vulnerability?: Vulnerability | null;
    risk?: Risk | null;
    controls?: Control[];
    controls_none_reason?: string | null;
    alternatives?: Alternative[];
    requested_from?: Day | null;
    requested_until?: Day | null;
  }

  interface PathStep {
    index: number;
    key: string;
    title: string;
    what: string;
    who: string | null;
    state: 'done' | 'now' | 'next' | 'skipped';
    at: Instant | null;
    by: string | null;
  }
  interface Finding {
    kind: string;
    label: string;
    judgement: string;
    text: string;
    author: string;
    at: Instant;
    content_version: number;
  }
  interface Decision {
    verdict: string;
    reason: string;
    expires_on: Day | null;
    decider: string;
    decider_title: string | null;
    role: string;
    role_title: string;
    at: Instant;
    content_version: number;
    content_hash: string;
    stage_title: string;
  }
  interface RiskEntry {
    number: string;
    title: string;
    confidentiality: boolean;
    integrity: boolean;
    availability: boolean;
    likelihood_before: number | null;
    impact_before: number | null;
    likelihood_after: number | null;
    impact_after: number | null;
    treatment: string;
    status: string;
  }
  interface Action {
    action: string;
    allowed: boolean;
    reason: string | null;
  }
  interface PersonRef {
    id: number;
    name: string;
    title: string | null;
    unit: UnitRef | string | null;
  }

  interface Exception {
    number: string;
    etag: string;
    row_version: number;
    content_version: number;
    content_hash: string;
    request_state: string;
    status: string;
    title: string;
    redacted?: boolean;
    procedure: { key: string; version: number; title: string; number: string };
    type: string;
    domain: string;
    stage: {
      index: number;
      key: string;
      title: string;
      role: string;
      role_title: string;
      what: string;
      entered_at: Instant;
      due_on: Day | null;
      holders: string[];
      holders_more: number;
    } | null;
    path: PathStep[];
    requester: PersonRef;
    owner: PersonRef;
    beneficiary: PersonRef | null;
    unit: UnitRef | null;
    asset: Named | null;
    document: { key: string; title: string; version: string | number; changed: boolean } | null;
    clauses: Clause[];
    content: Content;
    cause?: string | null;
    submitted_at: Instant | null;
    decided_at: Instant | null;
    requested_from: Day | null;
    requested_until: Day | null;
    effective_on: Day | null;
    expires_on: Day | null;
    days_beyond_sla: number | null;
    sla_due_on: Day | null;
    sla_breached_days: number | null;
    risk_before: number | null;
    risk_after: number | null;
    risk: number | null;
    confidential: boolean;
    findings: Finding[];
    decisions: Decision[];
    risks: RiskEntry[];
    allowed_actions: Action[];
    mine: boolean;
  }
  interface HistoryItem {
    at: Instant;
    actor: string;
    action: string;
    what: string;
    row_version: number;
    content_version: number | null;
  }
  interface DraftAnswer {
    number: string;
    etag: string;
    row_version: number;
    saved_at: Instant;
    faults: { pointer: string; detail: string }[];
  }

  interface Row {
    number: string;
    title: string;
    status: string;
    document_key: string | null;
    document_title: string | null;
    clause: string | null;
    unit_code: string | null;
    unit_name: string | null;
    owner_id: number | null;
    owner_name: string | null;
    risk: number | null;
    band: string | null;
    cause: string | null;
    submitted_at: Instant | null;
    effective_on: Day | null;
    expires_on: Day | null;
    requested_until: Day | null;
    updated_at: Instant | null;
    sla_breached_days: number | null;
    confidential: boolean;
  }
  interface Register extends List<Row> {
    prev_cursor: null;
    complete: boolean;
    sorts: { key: string; available: boolean; reason: string | null }[];
    as_of: Instant;
  }
  interface Count {
    n: number;
    exact: boolean;
  }

  interface QueueRow {
    number: string;
    title: string;
    document_key: string;
    document_title: string;
    unit_code: string;
    unit_name: string;
    owner_name: string;
    requester_name: string;
    risk: number | null;
    band: string | null;
    requested_until: Day | null;
    submitted_at: Instant;
    stage_title: string;
    due_on: Day | null;
    overdue_days: number | null;
    sla_breached_days: number | null;
    own: boolean;
    findings_done: number;
    findings_owed: number;
  }
  interface Queue extends List<QueueRow> {
    total: number;
  }
  interface Home {
    drafts: { number: string; title: string | null; updated_at: Instant }[];
    waiting_for_me: QueueRow[];
    queue_count: number;
    mine_open: Row[];
    mine_ending: Row[];
    notices: { id: number; kind: string; text: string; number: string | null; at: Instant }[];
    may_request: boolean;
  }
  interface Tally {
    active: number;
    waiting: number;
    ending_30: number;
    expired_30: number;
  }
  interface Dashboard extends Tally {
    as_of: Instant;
    today: Day;
    by_document: (Tally & { key: string; title: string })[];
    by_unit: (Tally & { code: string; name: string })[];
  }

  interface Role {
    key: string;
    title: string;
    class: string;
    scopes: string[];
  }
  interface Mapping {
    id: number;
    etag: string;
    group_id: string;
    group_name: string;
    group_dn: string;
    role: string;
    role_title: string;
    class: string;
    unit_code: string | null;
    unit_name: string | null;
    domain: string | null;
    document_key: string | null;
    members: number;
    created_at: Instant;
    created_by: string | null;
  }
  interface Group {
    id: string;
    name: string;
    dn: string;
    description: string | null;
    members: number;
  }
  interface MappingPreview {
    group: { id: string; name: string; dn: string };
    members: number;
    names: { name: string; title: string | null; uid: string }[];
    nested: string[];
    gains: string[];
    already: number;
  }
  interface DirectoryPerson {
    uid: string;
    name: string;
    title: string | null;
    mail: string | null;
    department: string | null;
  }
  interface Access {
    person: {
      uid: string;
      name: string;
      title: string | null;
      mail: string | null;
      department?: string | null;
    };
    groups: {
      id: string;
      name: string;
      dn: string;
      via: string | null;
      role: string | null;
      scope_text: string | null;
    }[];
    classes: string[];
  }
  interface AuditEvent {
    id: number;
    at: Instant;
    actor: string | null;
    action: string;
    object_type: string | null;
    object: string | null;
    result: string;
    detail: string | null;
    address: string | null;
  }
}
