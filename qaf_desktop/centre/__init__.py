"""The council's side: the database that receives, keeps and shares sealed records."""
