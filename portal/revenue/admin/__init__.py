from portal.revenue.admin.agreements import AgreementAdmin

__all__ = ["AgreementAdmin"]
