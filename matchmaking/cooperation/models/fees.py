"""What parts of a paper are called that are billed and not split: in Chinese, as papers are."""

ONCE = "内容费"  # for a piece of content: billed once, when it is approved
