/* Every struct that a statement may name as its result. */
#ifndef EXREG_STORE_ROW_SCHEMAS_H
#define EXREG_STORE_ROW_SCHEMAS_H

#include "domain/acts.h"
#include "domain/attachment.h"
#include "domain/catalogue.h"
#include "domain/document.h"
#include "domain/overlap.h"
#include "domain/precedent.h"
#include "domain/record.h"
#include "domain/register.h"
#include "domain/roles.h"
#include "domain/violation.h"
#include "domain/talk.h"
#include "store/attachment_store.h"
#include "store/audit_list_store.h"
#include "store/idempotency_store.h"
#include "store/import_store.h"
#include "store/jobs_store.h"
#include "store/outbox_store.h"

#endif
