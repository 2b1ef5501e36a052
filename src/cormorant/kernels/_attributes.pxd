cdef class TrackedAttribute:
    cdef public str key
    cdef public bint is_plain
