"""All events: name and argument names. Pure data; the packages that fire them register their targets (targets.py)."""

from __future__ import annotations

from collections.abc import Mapping

Events = Mapping[str, tuple[str, ...]]

POOL: Events = {
    "checkin": ("dbapi_connection", "connection_record"),
    "checkout": ("dbapi_connection", "connection_record", "connection_proxy"),
    "close": ("dbapi_connection", "connection_record"),
    "close_detached": ("dbapi_connection",),
    "connect": ("dbapi_connection", "connection_record"),
    "detach": ("dbapi_connection", "connection_record"),
    "first_connect": ("dbapi_connection", "connection_record"),
    "invalidate": ("dbapi_connection", "connection_record", "exception"),
    "reset": ("dbapi_connection", "connection_record", "reset_state"),
    "soft_invalidate": ("dbapi_connection", "connection_record", "exception"),
}

CONNECTION: Events = {
    "after_cursor_execute": ("conn", "cursor", "statement", "parameters", "context", "executemany"),
    "after_execute": ("conn", "clauseelement", "multiparams", "params", "execution_options", "result"),
    "before_cursor_execute": ("conn", "cursor", "statement", "parameters", "context", "executemany"),
    "before_execute": ("conn", "clauseelement", "multiparams", "params", "execution_options"),
    "begin": ("conn",),
    "begin_twophase": ("conn", "xid"),
    "commit": ("conn",),
    "commit_twophase": ("conn", "xid", "is_prepared"),
    "engine_connect": ("conn",),
    "engine_disposed": ("engine",),
    "prepare_twophase": ("conn", "xid"),
    "release_savepoint": ("conn", "name", "context"),
    "rollback": ("conn",),
    "rollback_savepoint": ("conn", "name", "context"),
    "rollback_twophase": ("conn", "xid", "is_prepared"),
    "savepoint": ("conn", "name"),
    "set_connection_execution_options": ("conn", "opts"),
    "set_engine_execution_options": ("engine", "opts"),
}

DIALECT: Events = {
    "do_connect": ("dialect", "conn_rec", "cargs", "cparams"),
    "do_execute": ("cursor", "statement", "parameters", "context"),
    "do_execute_no_params": ("cursor", "statement", "context"),
    "do_executemany": ("cursor", "statement", "parameters", "context"),
    "do_setinputsizes": ("inputsizes", "cursor", "statement", "parameters", "context"),
    "handle_error": ("exception_context",),
}

DDL: Events = {
    "after_create": ("target", "connection"),
    "after_drop": ("target", "connection"),
    "after_parent_attach": ("target", "parent"),
    "before_create": ("target", "connection"),
    "before_drop": ("target", "connection"),
    "before_parent_attach": ("target", "parent"),
    "column_reflect": ("inspector", "table", "column_info"),
}

SESSION: Events = {
    "after_attach": ("session", "instance"),
    "after_begin": ("session", "transaction", "connection"),
    "after_bulk_delete": ("delete_context",),
    "after_bulk_update": ("update_context",),
    "after_commit": ("session",),
    "after_flush": ("session", "flush_context"),
    "after_flush_postexec": ("session", "flush_context"),
    "after_rollback": ("session",),
    "after_soft_rollback": ("session", "previous_transaction"),
    "after_transaction_create": ("session", "transaction"),
    "after_transaction_end": ("session", "transaction"),
    "before_attach": ("session", "instance"),
    "before_commit": ("session",),
    "before_flush": ("session", "flush_context", "instances"),
    "deleted_to_detached": ("session", "instance"),
    "deleted_to_persistent": ("session", "instance"),
    "detached_to_persistent": ("session", "instance"),
    "do_orm_execute": ("orm_execute_state",),
    "loaded_as_persistent": ("session", "instance"),
    "pending_to_persistent": ("session", "instance"),
    "pending_to_transient": ("session", "instance"),
    "persistent_to_deleted": ("session", "instance"),
    "persistent_to_detached": ("session", "instance"),
    "persistent_to_transient": ("session", "instance"),
    "transient_to_pending": ("session", "instance"),
}

INSTANCE: Events = {
    "expire": ("target", "attrs"),
    "init": ("target", "args", "kwargs"),
    "init_failure": ("target", "args", "kwargs"),
    "load": ("target", "context"),
    "pickle": ("target", "state_dict"),
    "refresh": ("target", "context", "attrs"),
    "refresh_flush": ("target", "flush_context", "attrs"),
    "unpickle": ("target", "state_dict"),
}

ATTRIBUTE: Events = {
    "append": ("target", "value", "initiator"),
    "append_wo_mutation": ("target", "value", "initiator"),
    "bulk_replace": ("target", "values", "initiator"),
    "dispose_collection": ("target", "collection", "collection_adapter"),
    "init_collection": ("target", "collection", "collection_adapter"),
    "init_scalar": ("target", "value", "dict_"),
    "modified": ("target", "initiator"),
    "remove": ("target", "value", "initiator"),
    "set": ("target", "value", "oldvalue", "initiator"),
}

MAPPER: Events = {
    "after_configured": (),
    "after_delete": ("mapper", "connection", "target"),
    "after_insert": ("mapper", "connection", "target"),
    "after_mapper_constructed": ("mapper", "class_"),
    "after_update": ("mapper", "connection", "target"),
    "before_configured": (),
    "before_delete": ("mapper", "connection", "target"),
    "before_insert": ("mapper", "connection", "target"),
    "before_mapper_configured": ("mapper", "class_"),
    "before_update": ("mapper", "connection", "target"),
    "instrument_class": ("mapper", "class_"),
    "mapper_configured": ("mapper", "class_"),
}

INSTRUMENTATION: Events = {
    "attribute_instrument": ("cls", "key", "inst"),
    "class_instrument": ("cls",),
    "class_uninstrument": ("cls",),
}

QUERY: Events = {
    "before_compile": ("query",),
    "before_compile_delete": ("query", "delete_context"),
    "before_compile_update": ("query", "update_context"),
}

REGISTRY: Events = {
    "resolve_type_annotation": ("resolve_type",),
    "after_configured": ("registry",),
    "before_configured": ("registry",),
}
