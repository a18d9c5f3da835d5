// KeywordFilter
