"""A folder of CSV, CSV.gz or Parquet files -> raw_files. Run: python -m dlt_pipelines files DIR"""
