"""Session: the verbs over everything below."""

from .factory import sessionmaker as sessionmaker
from .lifecycle import make_transient as make_transient
from .lifecycle import make_transient_to_detached as make_transient_to_detached
from .orm_execute import ORMExecuteState as ORMExecuteState
from .session import Session as Session
from .session import close_all_sessions as close_all_sessions
from .session import object_session as object_session
from .transaction import SessionTransaction as SessionTransaction
