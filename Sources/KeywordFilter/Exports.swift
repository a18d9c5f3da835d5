// One import for users of the library: what they see of the layers below.
@_exported public import Filtering
@_exported public import Lexicons
